import { describe, expect, test } from "vitest";
import { toLines } from "../intake/quote.ts";
import { parseDiff } from "./parse.ts";

const parse = (...lines: string[]) => parseDiff(toLines(`${lines.join("\n")}\n`));

describe("a unified diff", () => {
  test("gives its lines their numbers on both sides", () => {
    const diff = parse(
      "--- a/mm/x.c",
      "+++ b/mm/x.c",
      "@@ -3,3 +3,3 @@ int f(void)",
      " \ta();",
      "-\tb();",
      "+\tc();",
      " }",
    );
    const [file] = diff.files;
    expect(file).toMatchObject({ before: "mm/x.c", after: "mm/x.c", binary: false });
    expect(file?.hunks[0]).toMatchObject({ section: "int f(void)", missing: 0, surplus: false });
    expect(
      file?.hunks[0]?.lines.map(({ kind, oldLine, newLine, input }) => [kind, oldLine, newLine, input]),
    ).toEqual([
      ["context", 3, 3, 4],
      ["removed", 4, undefined, 5],
      ["added", undefined, 4, 6],
      ["context", 5, 5, 7],
    ]);
  });

  test("may be part of other text, and its lines look like headers", () => {
    const diff = parse(
      "hello",
      "--- a/x",
      "+++ b/x",
      "@@ -1,2 +1,2 @@",
      "--- a",
      "+++ b",
      "  c",
      "-- ",
      "2.40.1",
    );
    expect(diff.files).toHaveLength(1);
    expect(diff.files[0]?.hunks[0]?.lines.map(({ text }) => text)).toEqual(["-- a", "++ b", " c"]);
    expect(diff.files[0]?.hunks[0]?.surplus).toBe(false);
  });

  test("tells created, deleted, renamed and binary files", () => {
    const diff = parse(
      "diff --git a/new.c b/new.c",
      "new file mode 100644",
      "index 0..1",
      "--- /dev/null",
      "+++ b/new.c",
      "@@ -0,0 +1 @@",
      "+int a;",
      "diff --git a/gone.c b/gone.c",
      "deleted file mode 100644",
      "diff --git a/from.c b/to.c",
      "similarity index 100%",
      "rename from from.c",
      "rename to to.c",
      "diff --git a/logo.png b/logo.png",
      "index 1..2 100644",
      "Binary files a/logo.png and b/logo.png differ",
    );
    expect(diff.files.map(({ before, after, binary }) => [before, after, binary])).toEqual([
      [undefined, "new.c", false],
      ["gone.c", undefined, false],
      ["from.c", "to.c", false],
      ["logo.png", "logo.png", true],
    ]);
  });

  test("writes odd paths like C strings", () => {
    const diff = parse('--- "a/d\\303\\244/x y.c"', '+++ "b/d\\303\\244/x y.c"', "@@ -1 +1 @@", "-a", "+b");
    expect(diff.files[0]?.after).toBe("dä/x y.c");
  });
});

describe("paths that leave the tree", () => {
  test.each([
    "a/../../etc/passwd",
    "/etc/passwd",
    "a//etc/passwd",
    "a/.git/config",
    "C:\\x",
    '"a/\\056\\056/x"',
  ])("%s is refused", (path) => {
    expect(() => parse(`--- ${path}`, `+++ ${path}`, "@@ -1 +1 @@", "-a", "+b")).toThrow(
      /line 1: .*leaves the tree/,
    );
  });
});

test("a merge's combined diff is refused", () => {
  expect(() =>
    parse("diff --git a/x b/x", "--- a/x", "+++ b/x", "@@@ -1,1 -1,1 +1,1 @@@", "- a", " -b", "++c"),
  ).toThrow(/combined diff/);
});

test("collapsed white space: lines without a marker are context", () => {
  const diff = parse(
    "--- a/x.c",
    "+++ b/x.c",
    "@@ -1,3 +1,3 @@ int f(void)",
    "foo();",
    "- bar();",
    "+ baz();",
    "",
  );
  expect(diff.collapsed).toBe(true);
  expect(diff.files[0]?.hunks[0]?.lines.map(({ kind }) => kind)).toEqual([
    "context",
    "removed",
    "added",
    "context",
  ]);
});

describe("collapsed white space: a context line that begins with a sign", () => {
  const hunk = (...body: string[]) =>
    parse("--- a/x.c", "+++ b/x.c", "@@ -1,4 +1,4 @@ int f(void)", ...body).files[0]?.hunks[0];

  test("is told by the counts", () => {
    const got = hunk("int sum = one", "+ two;", "- bar();", "+ baz();", "return sum;", "-- ", "2.40.1");
    expect(got).toMatchObject({ missing: 0, surplus: false });
    expect(got?.lines.map(({ kind, text }) => [kind, text])).toEqual([
      ["context", "int sum = one"],
      ["context", "+ two;"],
      ["removed", " bar();"],
      ["added", " baz();"],
      ["context", "return sum;"],
    ]);
  });

  test("is not guessed where two lines could be it: the hunk lacks a line, which is a bound", () => {
    const got = hunk("int sum = one", "+ two;", "int more = one", "+ three;", "- bar();", "");
    expect(got?.missing).toBeGreaterThan(0);
  });
});

describe("names that git does not write", () => {
  const names = (minus: string, plus: string, heading = "@@ -1 +1 @@") => {
    const lines = heading.includes("-0,0") ? ["+b"] : heading.includes("+0,0") ? ["-a"] : ["-a", "+b"];
    const [file] = parse(`--- ${minus}`, `+++ ${plus}`, heading, ...lines).files;
    return [file?.before, file?.after];
  };

  test.each([
    ["diff -Nru", "linux.orig/mm/x.c\t2026-01-01 00:00", "linux/mm/x.c\t2026-01-02 00:00"],
    ["quilt", "linux-6.12.orig/mm/x.c", "linux-6.12/mm/x.c"],
    ["no prefix", "mm/x.c", "mm/x.c"],
    ["a copy beside it", "mm/x.c.orig", "mm/x.c"],
    ["mnemonic prefixes", "i/mm/x.c", "w/mm/x.c"],
  ])("%s", (_, minus, plus) => expect(names(minus, plus)).toEqual(["mm/x.c", "mm/x.c"]));

  test("a file that a plain diff makes or takes away", () => {
    expect(names("old/mm/n.c", "new/mm/n.c", "@@ -0,0 +1 @@")).toEqual([undefined, "mm/n.c"]);
    expect(names("old/mm/n.c", "new/mm/n.c", "@@ -1 +0,0 @@")).toEqual(["mm/n.c", undefined]);
  });
});
