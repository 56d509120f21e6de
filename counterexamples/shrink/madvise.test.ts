import { expect, test } from "vitest";
import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { exploreRandomly } from "../random/explore-randomly.ts";
import { smallestTrace } from "../testing/cell.ts";
import { runOf } from "../trace/build.ts";
import { costOf } from "./cost.ts";
import { scenarioFamily } from "./family.ts";
import { shrink } from "./shrink.ts";

const large = { version: "v5", parameters: { ptes: 5, folios: 3, batch: 2 } };
const family = scenarioFamily(madvise, large, properties);
const model = family.subject.judgedBy(["ptl-held"]);
const { subject, trace } = smallestTrace("v5", "ptl-held");

async function wandered(seed: number) {
  const { properties: found } = await exploreRandomly(model, { seed });
  const run = found.find(({ property }) => property === "ptl-held")?.run;
  if (!run) throw new Error(`seed ${seed} finds nothing`);
  return run;
}

test("v5 is shown to violate ptl-held by 1 task on 2 ptes with one adverse outcome", () => {
  expect(trace.model.parameters).toEqual({ ptes: 2, folios: 1, batch: 2 });
  expect(subject.judgedBy([]).tasks).toMatchObject([{ count: 1 }]);
  expect(costOf(subject.judgedBy(["ptl-held"]), runOf(trace))).toMatchObject({ adverse: 1, switches: 0 });
});

test.each([1, 2, 3])(
  "a random walk on 5 ptes and 3 folios (seed %i) shrinks to the same trace",
  async (seed) => {
    const { run, subject: small, shortest } = shrink(family, "ptl-held", await wandered(seed));
    expect(small.identity).toEqual(trace.model);
    expect(run).toEqual(runOf(trace));
    expect(shortest).toBe(true);
  },
);

test.each([1, 2, 3])(
  "by replay alone (seed %i) it gets to the same size, and says it is not proven",
  async (seed) => {
    const {
      run,
      subject: small,
      shortest,
    } = shrink(family, "ptl-held", await wandered(seed), { search: false });
    expect(small.identity.parameters).toEqual(trace.model.parameters);
    expect(run.moves.length).toBeLessThanOrEqual(trace.steps.length + 3);
    expect(shortest).toBe(false);
  },
);
