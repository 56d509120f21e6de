import { expect, test } from "vitest";
import { InputError } from "../../model/input-error.ts";
import { scenarioSubject } from "../subject.ts";
import { combinationLock } from "../testing/combination-lock.ts";
import { ptlHeld, splitWalk } from "../testing/split-walk.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { type Choose, guided, uniform } from "./choose.ts";
import { exploreRandomly } from "./explore-randomly.ts";

const subject = (version: string) =>
  scenarioSubject(splitWalk, { version, parameters: { tasks: 2, ptes: 5, folios: 3 } }, [ptlHeld]);
const bad = subject("bad").judgedBy(["ptl-held"]);
const good = subject("good").judgedBy(["ptl-held"]);

test("a violation is found, and its run is one of the model's", async () => {
  const { properties, path } = await exploreRandomly(bad, { seed: 1 });
  expect(properties).toMatchObject([{ property: "ptl-held", verdict: "violated", shortest: false }]);
  const run = properties[0]?.run ?? { initial: 0, moves: [] };
  expect(violationAtEnd(bad, execute(bad, run), "ptl-held")).toBe("a pte is read without the ptl");
  expect(path).toMatch(/^\d+$/);
});

test("the seed walks the same ways again, and its path the failing run alone", async () => {
  const first = await exploreRandomly(bad, { seed: 4, walksPerRun: 1, maxSteps: 12, runs: 500 });
  const again = await exploreRandomly(bad, { seed: 4, walksPerRun: 1, maxSteps: 12, runs: 500 });
  expect(again).toEqual(first);
  if (first.path === undefined) throw new Error("nothing was found");
  expect(Number(first.path)).toBeGreaterThan(0);
  const alone = await exploreRandomly(bad, {
    seed: first.seed,
    path: first.path,
    walksPerRun: 1,
    maxSteps: 12,
  });
  expect(alone.properties).toEqual(first.properties);
  expect(alone.transitions).toBeLessThan(first.transitions);
});

test("what was not found is never said to hold, however small the model", async () => {
  const { properties, bounds, path } = await exploreRandomly(good, { seed: 1, runs: 2 });
  expect(properties).toMatchObject([{ verdict: "holds-within-bound", evaluated: true }]);
  expect(bounds).toEqual([{ kind: "omission", detail: "40 random walks of at most 400 steps" }]);
  expect(path).toBeUndefined();
});

test("what no walk took is listed", async () => {
  const { unreached } = await exploreRandomly(good, { seed: 1, runs: 1, walksPerRun: 1, maxSteps: 3 });
  expect(unreached.map(({ label }) => label)).toContain("return 0;");
});

test("a walk that is interrupted says so", async () => {
  const { properties, interrupted } = await exploreRandomly(good, { interrupted: () => true });
  expect(interrupted).toBe(true);
  expect(properties).toMatchObject([{ verdict: "interrupted" }]);
});

test("a path that is none is refused", async () => {
  await expect(exploreRandomly(good, { path: "up" })).rejects.toThrow(InputError);
});

test("on a violation planted deep, guided walks need fewer steps than uniform ones (median of 20 seeds)", async () => {
  const model = combinationLock(6, 4);
  const steps = async (choose: Choose) => {
    const counts: number[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const once = { seed, choose, runs: 1, walksPerRun: 1, maxSteps: 5000 };
      counts.push((await exploreRandomly(model, once)).transitions);
    }
    return counts.sort((one, other) => one - other)[10] ?? 0;
  };
  const [directed, blind] = [await steps(guided), await steps(uniform)];
  expect(directed).toBeLessThan(blind / 10);
});

test("a signal that comes while it walks is heard", async () => {
  let asked = false;
  setImmediate(() => {
    asked = true;
  });
  const { interrupted, bounds } = await exploreRandomly(good, { interrupted: () => asked });
  expect(interrupted).toBe(true);
  expect(bounds).not.toEqual([{ kind: "omission", detail: "200 random walks of at most 400 steps" }]);
});
