import { expect, test } from "vitest";
import { InputError } from "../../model/input-error.ts";
import { scenarioSubject } from "../subject.ts";
import { combinationLock } from "../testing/combination-lock.ts";
import { ptlHeld, splitWalk } from "../testing/split-walk.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import type { Choose } from "./choose.ts";
import { guided, uniform } from "./choose.ts";
import { exploreRandomly } from "./explore-randomly.ts";

const subject = (version: string) =>
  scenarioSubject(splitWalk, { version, parameters: { tasks: 2, ptes: 5, folios: 3 } }, [ptlHeld]);
const bad = subject("bad").judgedBy(["ptl-held"]);
const good = subject("good").judgedBy(["ptl-held"]);

test("a violation is found, and its run is one of the model's", () => {
  const { properties, path } = exploreRandomly(bad, { seed: 1 });
  expect(properties).toMatchObject([{ property: "ptl-held", verdict: "violated", shortest: false }]);
  const run = properties[0]?.run ?? { initial: 0, moves: [] };
  expect(violationAtEnd(bad, execute(bad, run), "ptl-held")).toBe("a pte is read without the ptl");
  expect(path).toMatch(/^\d+$/);
});

test("the seed walks the same ways again, and its path the failing run alone", () => {
  const first = exploreRandomly(bad, { seed: 4, walksPerRun: 1, maxSteps: 12, runs: 500 });
  const again = exploreRandomly(bad, { seed: 4, walksPerRun: 1, maxSteps: 12, runs: 500 });
  expect(again).toEqual(first);
  if (first.path === undefined) throw new Error("nothing was found");
  expect(Number(first.path)).toBeGreaterThan(0);
  const alone = exploreRandomly(bad, { seed: first.seed, path: first.path, walksPerRun: 1, maxSteps: 12 });
  expect(alone.properties).toEqual(first.properties);
  expect(alone.transitions).toBeLessThan(first.transitions);
});

test("what was not found is never said to hold, however small the model", () => {
  const { properties, bounds, path } = exploreRandomly(good, { seed: 1, runs: 2 });
  expect(properties).toMatchObject([{ verdict: "holds-within-bound", evaluated: true }]);
  expect(bounds).toEqual([{ kind: "omission", detail: "40 random walks of at most 500 steps" }]);
  expect(path).toBeUndefined();
});

test("what no walk took is listed", () => {
  const { unreached } = exploreRandomly(good, { seed: 1, runs: 1, walksPerRun: 1, maxSteps: 3 });
  expect(unreached.map(({ label }) => label)).toContain("return 0;");
});

test("a walk that is interrupted says so", () => {
  const { properties, interrupted } = exploreRandomly(good, { interrupted: () => true });
  expect(interrupted).toBe(true);
  expect(properties).toMatchObject([{ verdict: "interrupted" }]);
});

test("a path that is none is refused", () => {
  expect(() => exploreRandomly(good, { path: "up" })).toThrow(InputError);
});

test("on a violation planted deep, guided walks need fewer steps than uniform ones (median of 20 seeds)", () => {
  const model = combinationLock(5, 3);
  const steps = (choose: Choose) =>
    Array.from({ length: 20 }, (_, seed) => {
      const result = exploreRandomly(model, { seed, choose, runs: 1, walksPerRun: 1, maxSteps: 5000 });
      return result.transitions;
    }).sort((one, other) => one - other)[10] ?? 0;
  const [directed, blind] = [steps(guided), steps(uniform)];
  expect(directed).toBeLessThan(blind / 2);
});
