import { describe, expect, test } from "vitest";
import { GAP as MARK } from "../../model/c/source/index.ts";
import type { Side } from "../diff/diff.ts";
import { parseDiff } from "../diff/parse.ts";
import { toLines } from "../intake/quote.ts";
import { GAP, type Image, rebuild } from "./rebuild.ts";

const image = (side: Side, ...lines: string[]): Image | undefined => {
  const diff = parseDiff(toLines(["--- a/x.c", "+++ b/x.c", ...lines, ""].join("\n")));
  const [file] = diff.files;
  return file && rebuild(file, side, diff.collapsed);
};
const code = (each: Image | undefined) =>
  each?.text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");

test("the gap mark is the one that the reader of C knows", () => expect(GAP).toMatch(MARK));

test("a function shown whole comes back as it is, on both sides", () => {
  const hunk = ["@@ -1,4 +1,4 @@", " static int f(void)", " {", "-\ta();", "+\tb();", " }"];
  expect(code(image("before", ...hunk))).toEqual(["static int f(void)", "{", "a();", "}"]);
  expect(code(image("after", ...hunk))).toEqual(["static int f(void)", "{", "b();", "}"]);
});

test("each line knows its place in the file and in the input", () => {
  const after = image(
    "after",
    "@@ -10,3 +20,3 @@ int f(int a,",
    " \tone();",
    "-\ttwo();",
    "+\tthree();",
    " \tfour();",
  );
  const at = after?.text.split("\n").indexOf("\tthree();") ?? -1;
  expect(after?.origins[at]).toEqual({ line: 21, input: 6, changed: true, text: "\tthree();" });
  expect(after?.changed).toEqual(["f"]);
});

test("hidden lines become a gap, and hidden blocks are opened and closed around it", () => {
  const after = image(
    "after",
    "@@ -10,3 +10,3 @@ static void f(struct a *a,",
    " \tfor (;;) {",
    "-\t\told();",
    "+\t\tnew();",
    " \t\tx();",
    "@@ -30,4 +30,4 @@ static void f(struct a *a,",
    " \t\t\tdeep();",
    "-\t\t\told();",
    "+\t\t\tnew();",
    " \t\t} else {",
    " \t\t\ty();",
  );
  expect(code(after)).toEqual([
    "static void f(struct a *a)",
    "{",
    GAP,
    "for (;;) {",
    "new();",
    "x();",
    GAP,
    "if (holdfast_unknown()) {",
    GAP,
    "deep();",
    "new();",
    "} else {",
    "y();",
    GAP,
    "}",
    "}",
    "}",
  ]);
});

test("indentation tells that a block ended in the gap", () => {
  const hunk = ["@@ -1,2 +1,2 @@ void f(void)", "-\tif (a) {", "+\tif (b) {", " \t\tx();"];
  const after = image("after", ...hunk, "@@ -9,2 +9,2 @@ void f(void)", " \ty();", "-\tz();", "+\tw();");
  expect(code(after)).toEqual([
    "void f(void)",
    "{",
    GAP,
    "if (b) {",
    "x();",
    GAP,
    "}",
    GAP,
    "y();",
    "w();",
    GAP,
    "}",
  ]);
});

describe("edges of a hunk", () => {
  const body = (...lines: string[]) => {
    const marked = lines.map((line) => ` ${line}`);
    const count = lines.length + 1;
    const got = code(
      image("after", `@@ -9,${count} +9,${count} @@ int f(void)`, ...marked, "-\ta();", "+\tb();"),
    );
    return got?.slice(2, -3);
  };
  const first = "if (holdfast_unknown())";
  const loop = "while (holdfast_unknown()) {";

  test.each([
    ["a call's last arguments", ["\t\t\tx, y);", "\tc();"], [GAP, ";", "c();"]],
    [
      "the end of a condition that opens a block",
      ["\t    x) {", "\t\tc();", "\t}"],
      [GAP, loop, GAP, "c();", "}"],
    ],
    [
      "the same with an else",
      ["\t    x) {", "\t\tc();", "\t} else {", "\t}"],
      [GAP, `${first} {`, GAP, "c();", "} else {", "}"],
    ],
    ["a jump that a hidden if guards", ["\t\treturn 0;", "\tc();"], [GAP, first, "return 0;", "c();"]],
    [
      "a statement with an else behind it",
      ["\t\tc();", "\telse", "\t\td();"],
      [GAP, first, "c();", "else", "d();"],
    ],
    ["the end of a comment", ["\t * more", "\t */", "\tc();"], [GAP, "c();"]],
    ["an #endif", ["#endif", "\tc();"], [GAP, "c();"]],
    [
      "case labels",
      ["\tcase 1:", "\t\tbreak;", "\t}"],
      [GAP, "switch (holdfast_unknown()) {", "case 0x7fffffff:", GAP, "case 1:", "break;", "}"],
    ],
  ])("%s", (_, lines, expected) => expect(body(...lines)).toEqual(expected));
});

test("a second function in a hunk is a function of its own", () => {
  const after = image(
    "after",
    "@@ -1,6 +1,6 @@ int f(void)",
    " \treturn 0;",
    " }",
    " ",
    "-int g(int a)",
    "+int g(int b)",
    " {",
    " \th();",
  );
  expect(code(after)).toEqual([
    "int f(void)",
    "{",
    GAP,
    "if (holdfast_unknown())",
    "return 0;",
    "}",
    "int g(int b)",
    "{",
    "h();",
    GAP,
    "}",
  ]);
  expect(after?.changed).toEqual(["g"]);
});

test("a change of comments alone changes no function", () => {
  expect(
    image("after", "@@ -1,2 +1,2 @@ int f(void)", " \ta();", "-\t/* x */", "+\t/* y */")?.changed,
  ).toEqual([]);
});

test("without white space, a head is known by the brace below it", () => {
  const after = image(
    "after",
    "@@ -1,8 +1,8 @@ int f(void)",
    "return 0;",
    "}",
    "",
    "static int g(int a,",
    "int b)",
    "{",
    "- if (a)",
    "+ if (b)",
    "h();",
  );
  expect(code(after)?.slice(-8)).toEqual([
    "}",
    "static int g(int a,",
    "int b)",
    "{",
    "if (b)",
    "h();",
    GAP,
    "}",
  ]);
});
