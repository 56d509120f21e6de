import { expect, test } from "vitest";
import { clip, wrap, wrapCommand } from "./wrap.ts";

test("text is broken at blanks, and a long word keeps its length", () => {
  expect(wrap("one two three", 7)).toEqual(["one two", "three"]);
  expect(wrap("a-very-long-word and", 7)).toEqual(["a-very-long-word", "and"]);
});

test("a command is broken before options, which keep their values", () => {
  expect(wrapCommand("tool check file.c --tree /some/where --only 0123456789ab", 32)).toEqual([
    "  tool check file.c \\",
    "    --tree /some/where \\",
    "    --only 0123456789ab",
  ]);
});

test("an option without a value keeps none", () => {
  expect(wrapCommand("tool --worktree --only 01", 23)).toEqual(["  tool --worktree \\", "    --only 01"]);
});

test.each([
  ["short", 10, "short"],
  ["somewhat longer", 10, "somewha..."],
  ["some condition is true", 16, "some c... is true"],
])("%j is cut to %d", (text, width, expected) => {
  expect(clip(text, width + (expected.length > width ? 1 : 0), / is \w+$/)).toBe(expected);
});
