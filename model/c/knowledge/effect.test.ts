import { expect, test } from "vitest";
import type { Operation } from "../../kernel/operation.ts";
import type { Outcome, ReturnClass } from "../../kernel/primitive.ts";
import { effectOf } from "./effect.ts";

const takes: Operation = { kind: "acquire", object: "mutex", mode: "exclusive", operand: 0, path: "->mutex" };
const sleeps: Operation = { kind: "may-sleep", object: "task" };

const outcome = (name: string, returns: ReturnClass, ...does: readonly Operation[]): Outcome => ({
  name,
  weight: 0,
  does,
  returns,
});

const outcomesOf = (...outcomes: readonly Outcome[]) =>
  effectOf({ name: "f", kernel: "f.c: f", outcomes }).outcomes;

test("outcomes that a caller cannot tell apart count once, by the one that sleeps", () => {
  const outcomes = outcomesOf(
    outcome("none", "null"),
    outcome("waited", "null", sleeps),
    outcome("took", "null", takes),
    outcome("found", "pointer", sleeps),
    outcome("at once", "pointer"),
  );
  expect(outcomes.map(({ name }) => name)).toEqual(["waited", "took", "found"]);
});

test("an operation keeps the path from its operand to the lock", () => {
  expect(outcomesOf(outcome("done", "void", sleeps, takes))[0]?.does).toEqual([
    { operation: sleeps },
    { operation: takes, path: "->mutex" },
  ]);
});

test.each([
  ["void", 7],
  ["any", 7],
  ["zero", 2],
  ["nonzero", 5],
  ["null", 2],
  ["pointer", 4],
  ["negative", 1],
] as const)("of a result that is %s the signs %i are possible", (returns, mask) => {
  expect(outcomesOf(outcome("done", returns))[0]?.returns).toBe(mask);
});
