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

  test("with merges are read as a whole as well: what a merge changes by itself is in no commit", () => {
    const root = checkout();
    merge(root, { "mm/x.c": file("a();", "h();", "g();") });
    const { changes, bounds } = readRange(root, "HEAD~2..HEAD");
    expect(bounds).toEqual([]);
    const whole = changes.at(-1);
    expect(changes.map(({ isWholeRange = false }) => isWholeRange)).toEqual([false, false, true]);
    expect(whole?.diff.files.map(({ after }) => after)).toEqual(["mm/x.c", "mm/y.c"]);
    expect(whole?.tree?.commit).toBe(runGit(root, "rev-parse", "HEAD~2").trim());
  });

  test("that begin beside their end are read as a whole from where the two parted", () => {
    const root = checkout();
    const start = runGit(root, "rev-parse", "HEAD").trim();
    merge(root, {});
    runGit(root, "checkout", "-q", "-b", "elsewhere", start);
    writeFiles(root, { "mm/z.c": file("z();") });
    commitAll(root, "elsewhere");
    const whole = readRange(root, "elsewhere..main").changes.at(-1);
    expect(whole?.tree?.commit).toBe(start);
    expect(whole?.diff.files.map(({ after }) => after)).toEqual(["mm/x.c", "mm/y.c"]);
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
      "mm/tables.inc": "1, 2\n",
      "mm/y.c": file(),
    });
    expect(pathsOf(root, "worktree")).toEqual(["mm/new.c", "mm/tables.inc", "mm/y.c"]);
    expect(pathsOf(root, "index")).toEqual([]);
  });

  test("is the same seen from a folder below, whatever the configuration says", () => {
    const root = checkout();
    writeFiles(root, { "mm/new.c": file("n();"), "top.c": file("t();"), "mm/y.c": file() });
    runGit(root, "config", "diff.relative", "true");
    expect(pathsOf(join(root, "mm"), "worktree")).toEqual(["mm/new.c", "mm/y.c", "top.c"]);
  });
});
