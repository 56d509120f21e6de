import { describe, expect, test } from "vitest";
import { toLines } from "../intake/quote.ts";
import { damageOf } from "./damage.ts";
import { parseDiff } from "./parse.ts";

const parse = (...lines: readonly string[]) => parseDiff(toLines(`${lines.join("\n")}\n`));

describe("counts", () => {
  const cut = ["--- a/x", "+++ b/x", "@@ -1,5 +1,5 @@", " a", "-b", "+c"];

  test("a patch that is cut off is an error that names the line", () => {
    expect(() => damageOf(parse(...cut), false)).toThrow(/line 3: hunk of x lacks 3 of the lines/);
  });

  test("a quoted one is a bound", () => {
    expect(damageOf(parse(...cut), true)).toEqual([
      "line 3: hunk of x lacks 3 of the lines that its heading counts",
    ]);
  });

  test("lines beyond the counts are seen", () => {
    const diff = parse("--- a/x", "+++ b/x", "@@ -1 +1 @@", "-b", "+c", "+d");
    expect(() => damageOf(diff, false)).toThrow(/more lines than its heading counts/);
  });

  test("a hunk whose heading is lost is seen behind the context that it begins with", () => {
    const diff = parse("--- a/x", "+++ b/x", "@@ -1 +1 @@", "-b", "+c", " \tf();", " \tg();", "+\th();");
    expect(() => damageOf(diff, false)).toThrow(/line 3: hunk of x has more lines/);
  });

  test("words behind a patch are no part of it", () => {
    const diff = parse(
      "--- a/x",
      "+++ b/x",
      "@@ -1 +1 @@",
      "-b",
      "+c",
      " and so on",
      "",
      "- a list",
      "-- ",
      "2.40",
    );
    expect(damageOf(diff, false)).toEqual([]);
  });

  test.each([
    ["of a plain header", ["--- a/x.c", "+++ b/x.c"], "line 1: no hunk of x.c"],
    [
      "of a plain header, lines without a heading",
      ["--- a/x", "+++ b/x", " a", "+b"],
      "line 1: no hunk of x",
    ],
    [
      "of git's header",
      ["diff --git a/x b/x", "index 1..2 100644", "--- a/x", "+++ b/x"],
      "line 1: no hunk of x",
    ],
    ["of git's header alone", ["diff --git a/x b/x"], "line 1: no hunk of x"],
    ["of an index line", ["diff --git a/x b/x", "index 1..2 100644"], "line 1: no hunk of x"],
    [
      "of a changed rename",
      ["diff --git a/x b/y", "similarity index 90%", "rename from x", "rename to y", "index 1..2 100644"],
      "line 1: no hunk of y",
    ],
  ])("hunks that are missing are seen: %s", (_, lines, message) => {
    expect(() => damageOf(parse(...lines), false)).toThrow(message);
    expect(damageOf(parse(...lines), true)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ["an empty file is made", ["diff --git a/x b/x", "new file mode 100644", "index 0000000..e69de29"]],
    ["a file goes (git diff -D)", ["diff --git a/x b/x", "deleted file mode 100644", "index 1..0"]],
    ["a rename", ["diff --git a/x b/y", "similarity index 100%", "rename from x", "rename to y"]],
    ["words", ["--- so far", "+++ further", "", "and so on"]],
  ])("none are missing where there are none: %s", (_, lines) => {
    expect(damageOf(parse(...lines), false)).toEqual([]);
  });

  test("a hunk whose file's header is lost is seen: above all files, or out of order", () => {
    const hunk = ["@@ -5 +5 @@", "-b", "+c"];
    expect(() => damageOf(parse(...hunk, "--- a/x", "+++ b/x", ...hunk), false)).toThrow(
      "line 1: a hunk without the header of its file",
    );
    const earlier = ["@@ -1 +1 @@", "-b", "+c"];
    expect(() => damageOf(parse("--- a/x", "+++ b/x", ...hunk, ...earlier), false)).toThrow(
      "line 6: hunk of x stands before the one above it",
    );
  });

  test("a count without end is refused", () => {
    expect(() => parse("--- a/x", "+++ b/x", "@@ -1,999999999 +1 @@", " a")).toThrow(
      /more than 1000000 lines/,
    );
  });
});
