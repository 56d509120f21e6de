import { expect, test } from "vitest";
import { without } from "./said.ts";

test("reports are compared as multisets: one finding less of two alike is a difference", () => {
  expect(without(["a", "a", "b"], ["a", "b"])).toEqual(["a"]);
  expect(without(["a", "b"], ["b", "a", "a"])).toEqual([]);
});
