import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { commitAll, type Files, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { isRange, readRange, readUncommitted } from "./commits.ts";

const file = (...lines: readonly string[]): string =>
  ["int f(void)", "{", ...lines.map((each) => `\t${each}`), "}", ""].join("\n");
const START: Files = {
  "mm/x.c": file("a();", "b();", "c();"),
  "mm/y.c": file("d();"),
  ".gitignore": "*.o.c\n",
};

function checkout(): string {
  const root = makeTree({});
  runGit(root, "init", "-q", "-b", "main");
  writeFiles(root, START);
  commitAll(root, "start");
  return root;
}

/** A merge of two branches, in which its writer changes the given files once more. */
function merge(root: string, own: Files): void {
  runGit(root, "checkout", "-q", "-b", "side");
  writeFiles(root, { "mm/y.c": file("e();") });
  commitAll(root, "side");
  runGit(root, "checkout", "-q", "main");
  writeFiles(root, { "mm/x.c": file("a();", "b();", "g();") });
  commitAll(root, "main");
  runGit(root, "merge", "-q", "-n", "--no-ff", "--no-commit", "side");
  writeFiles(root, own);
  commitAll(root, "merge");
}

test.each([
  ["v6.12..v6.13", true],
  ["HEAD~3..", true],
  ["main..topic/x", true],
  ["../0001-x.patch", false],
  ["..HEAD", false],
  ["0001-x.patch", false],
])("%s is a range: %s", (name, expected) => {
  expect(isRange(name)).toBe(expected);
});

describe("ranges", () => {
  test("that say no end go up to what is checked out", () => {
    const root = checkout();
    writeFiles(root, { "mm/y.c": file("e();") });
    const head = commitAll(root, "next");
    expect(readRange(root, "HEAD~1..").changes.map(({ commit }) => commit)).toEqual([head]);
  });

  test("with three dots are refused", () => {
    expect(() => readRange(checkout(), "HEAD~1...HEAD")).toThrow(/three dots; say BASE\.\.HEAD/);
  });

  test("name what a merge changes by itself", () => {
    const root = checkout();
    merge(root, { "mm/x.c": file("a();", "h();", "g();") });
    const { bounds } = readRange(root, "HEAD~2..HEAD");
    expect(bounds).toEqual([expect.stringMatching(/^mm\/x\.c: what merge [0-9a-f]{12} itself changes/)]);
  });

  test("have nothing to say of a merge that only joins", () => {
    const root = checkout();
    merge(root, {});
    expect(readRange(root, "HEAD~2..HEAD").bounds).toEqual([]);
  });
});

describe("what is not committed", () => {
  const pathsOf = (root: string, which: "worktree" | "index") =>
    readUncommitted(root, which).changes.flatMap(({ diff }) => diff.files.map(({ after }) => after));

  test("are also C files that git does not know, and does not ignore", () => {
    const root = checkout();
    writeFiles(root, {
      "mm/new.c": file("n();"),
      "mm/built.o.c": file("o();"),
      notes: "x\n",
      "mm/y.c": file(),
    });
    expect(pathsOf(root, "worktree")).toEqual(["mm/y.c", "mm/new.c"]);
    expect(pathsOf(root, "index")).toEqual([]);
  });

  test("is the same seen from a folder below, whatever the configuration says", () => {
    const root = checkout();
    writeFiles(root, { "mm/new.c": file("n();"), "top.c": file("t();"), "mm/y.c": file() });
    runGit(root, "config", "diff.relative", "true");
    expect(pathsOf(join(root, "mm"), "worktree")).toEqual(["mm/y.c", "mm/new.c", "top.c"]);
  });
});
