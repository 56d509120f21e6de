import fc from "fast-check";
import { expect, test } from "vitest";
import type { Run } from "../../checker/result.ts";
import { search } from "../../checker/search/search.ts";
import { randomModels } from "../../checker/testing/random/random-model.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { exploreRandomly } from "../random/explore-randomly.ts";
import { modelSubject } from "../subject.ts";
import { shortestViolation } from "../testing/breadth-first.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { compareCosts, costOf } from "./cost.ts";
import { familyOf } from "./family.ts";
import { type ShrinkOptions, shrink } from "./shrink.ts";

interface Violation {
  readonly model: Model;
  readonly property: string;
  readonly run: Run;
}

const MAX_STATES = 300;
/** Beyond this the oracle, which is right by being simple, is too slow. */
const MAX_STEPS = 5;

/** Violations that random walks ran into, seldom by the shortest way; none where the model itself is wrong. */
async function violationsIn(model: Model, seed: number): Promise<readonly Violation[]> {
  try {
    search(model, { maxStates: MAX_STATES });
    const walks = { seed, runs: 3, walksPerRun: 4, maxSteps: 40 };
    const { properties } = await exploreRandomly(model, walks);
    return properties.flatMap(({ property, verdict, run }) =>
      verdict === "violated" && run ? [{ model, property, run }] : [],
    );
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** The length of a shortest violation; undefined where there is none in reach, or the model is wrong on the way. */
function shortestLength({ model, property }: Violation): number | undefined {
  try {
    return shortestViolation(model, property, MAX_STATES)?.moves.length;
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

const shrunk = ({ model, property, run }: Violation, options: ShrinkOptions) =>
  shrink(familyOf(modelSubject("random", model)), property, run, options);

/** Holds the check on violations of many random models; some of them must be longer than need be. */
async function onViolations(check: (violation: Violation) => void): Promise<number> {
  let seen = 0;
  await fc.assert(
    fc.asyncProperty(randomModels(), fc.nat(), async (model, seed) => {
      for (const violation of await violationsIn(model, seed)) {
        check(violation);
        seen++;
      }
    }),
    { numRuns: 20 },
  );
  return seen;
}

const options: readonly ShrinkOptions[] = [{ search: false }, { search: { maxStates: MAX_STATES } }];

test.each(options)(
  "%j: what is shrunk violates the same property, is no longer, and stays as it is",
  async (how) => {
    const seen = await onViolations((violation) => {
      const { model, property, run } = violation;
      const small = shrunk(violation, how);
      expect(violationAtEnd(model, execute(model, small.run), property)).toBeDefined();
      if (how.search === false) expect(small.shortest).toBe(false);
      expect(compareCosts(costOf(model, small.run), costOf(model, run))).toBeLessThanOrEqual(0);
      expect(shrunk({ ...violation, run: small.run }, how).run).toEqual(small.run);
    });
    expect(seen).toBeGreaterThan(0);
  },
);

test("with search it is as short as exhaustive search can make it, and says so", async () => {
  let proven = 0;
  await onViolations((violation) => {
    const { run, shortest } = shrunk(violation, { search: { maxStates: MAX_STATES } });
    if (shortest) proven++;
    if (!shortest || run.moves.length > MAX_STEPS) return;
    const best = shortestLength(violation);
    if (best !== undefined) expect(run.moves).toHaveLength(best);
  });
  expect(proven).toBeGreaterThan(0);
});
