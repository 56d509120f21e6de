import { expect, test } from "vitest";
import { exitCodeOf } from "./exit-code.ts";

test("an error outweighs a violation, a violation a bound, a bound what holds", () => {
  expect(exitCodeOf(["holds", "violated", "error"])).toBe(2);
  expect(exitCodeOf(["interrupted", "violated", "holds"])).toBe(1);
  expect(exitCodeOf(["holds", "holds-within-bound"])).toBe(3);
  expect(exitCodeOf(["interrupted"])).toBe(3);
  expect(exitCodeOf(["holds", "nothing-to-check"])).toBe(0);
  expect(exitCodeOf([])).toBe(0);
});
