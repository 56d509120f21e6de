import { expect, test } from "vitest";
import { ptlProtocol } from "../../model/scenarios/ptl-protocol/index.ts";
import { instrument } from "../../properties/instrument.ts";
import { propertiesOf } from "../../properties/library.ts";
import { search } from "./search.ts";

/** Distinct states of the benchmark's Promela, Murphi and TLA+ models: tasks, ptes, folios, states. */
const COUNTS = [
  [3, 2, 2, 152_092],
  [3, 4, 2, 1_012_508],
  [4, 2, 2, 5_609_120],
] as const;

test.each(COUNTS)("%i tasks, %i ptes and %i folios have %i states", (tasks, ptes, folios, states) => {
  const { model, observe } = ptlProtocol.build({ parameters: { tasks, ptes, folios } });
  const result = search(instrument(model, observe, propertiesOf(ptlProtocol)), { reduce: false });
  expect(result.states).toBe(states);
  expect(result.properties.map(({ verdict }) => verdict)).toEqual(ptlProtocol.properties.map(() => "holds"));
});
