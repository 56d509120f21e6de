import type { Model } from "../../model/ir/model.ts";
import { assertValid } from "../../model/ir/validate.ts";
import { chooseBackEnd } from "../backends/choose.ts";
import { initialStates } from "../interpret/initial-states.ts";
import type { State } from "../interpret/state.ts";
import { type Problem, problemOf } from "../problem.ts";
import type { Bound } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { unpack } from "../store/packing.ts";
import { packed } from "./run.ts";
import { sweepChecked } from "./sweep-checked.ts";

/**
 * Visits every reachable state once, in the order of the search, judging nothing. Returns what kept it
 * from visiting all. Throws an InputError as `search` does.
 */
export function explore(
  model: Model,
  visit: (state: State, depth: number) => void,
  options: SearchOptions = {},
): readonly Bound[] {
  assertValid(model);
  const problem: Problem = problemOf(model, []);
  const engine = chooseBackEnd(problem, options).start(problem, { weighted: true });
  for (const state of initialStates(model)) engine.insert(packed(problem, state));
  const { levels, bounds } = sweepChecked(problem, engine, options, () => false);
  levels.forEach(({ start, end }, depth) => {
    for (let index = start; index < end; index++) {
      visit(unpack(model, problem.layout, engine.state(index)), depth);
    }
  });
  return bounds;
}
