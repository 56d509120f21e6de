import { expect, test } from "vitest";
import { ofRecent } from "./recent.ts";

test("what was made of a text lately is not made again", () => {
  const made: string[] = [];
  const length = ofRecent(2, (text) => {
    made.push(text);
    return text.length;
  });
  expect(["a", "bb", "a", "bb"].map(length)).toEqual([1, 2, 1, 2]);
  expect(made).toEqual(["a", "bb"]);
  expect(["ccc", "a"].map(length)).toEqual([3, 1]);
  expect(made).toEqual(["a", "bb", "ccc", "a"]);
});
