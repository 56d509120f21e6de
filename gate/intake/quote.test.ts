import { describe, expect, test } from "vitest";
import { diffDepth, quoteAt, readQuoted, toLines } from "./quote.ts";

const read = (...lines: string[]) => toLines(lines.join("\n")).map(readQuoted);

describe("quote marks", () => {
  test.each([
    ["text", 0, "text"],
    ["> text", 1, "text"],
    [">text", 1, "text"],
    [">> text", 2, "text"],
    ["> > text", 2, "text"],
    ["> >  text", 2, " text"],
    [">", 1, ""],
    [">> + added", 2, "+ added"],
  ])("%j", (text, depth, rest) => {
    expect(readQuoted({ number: 7, text })).toEqual({ number: 7, depth, text: rest });
  });
});

test("the diff is at the depth that has most hunks", () => {
  const lines = read("> @@ -1 +1 @@", ">> @@ -1 +1 @@", ">> @@ -9 +9 @@", "no");
  expect(diffDepth(lines)).toBe(2);
  expect(diffDepth(read("no", "> diff"))).toBeUndefined();
});

test("what stands between quoted lines is kept as comments at their place", () => {
  const quote = quoteAt(1, read("> a", "", "why?", "> b", "", ">> older", "> c"));
  expect(quote.lines.map(({ number, text }) => [number, text])).toEqual([
    [1, "a"],
    [4, "b"],
    [7, "c"],
  ]);
  expect(quote.comments.map(({ after, lines }) => [after, lines.map(({ text }) => text)])).toEqual([
    [1, ["", "why?"]],
    [4, ["", "older"]],
  ]);
});
