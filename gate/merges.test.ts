import { expect, test } from "vitest";
import { commitAll, makeTree, runGit, writeFiles } from "../tree/testing/tree.ts";
import { gate } from "./gate.ts";
import { readRange } from "./intake/commits.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const PAD = Array.from({ length: 8 }, (_, at) => `\tbox->pad${at}++;\n`).join("");
const file = (first: string, body: string) => ({
  "mm/x.c": `int f(struct box *box)\n{\n\tbox->first = ${first};\n${PAD}${body}\treturn 0;\n}\n`,
});
const CLEAN = `${LOCK}\tbox->n++;\n${UNLOCK}`;
const BROKEN = `${CLEAN}${UNLOCK}`;

/** A checkout whose main line starts with `body`. */
function start(body: string): string {
  const root = makeTree({});
  runGit(root, "init", "-q", "-b", "main");
  writeFiles(root, file("1", body));
  commitAll(root, "start");
  return root;
}

function commit(root: string, first: string, body: string): void {
  writeFiles(root, file(first, body));
  commitAll(root, "step");
}

function merge(root: string, branch: string, first: string, body: string): void {
  runGit(root, "merge", "-q", "--no-ff", "--no-commit", "-s", "ours", branch);
  commit(root, first, body);
}

const newIn = async (root: string, range: string) => {
  const { verdict, new: found, patches } = await gate(readRange(root, range));
  return { verdict, found: found.map(({ rule, patch }) => [rule, patch]), patches: patches.length };
};

test("a mistake that a merge makes by itself is found", async () => {
  const root = start(CLEAN);
  runGit(root, "checkout", "-q", "-b", "side");
  commit(root, "2", CLEAN);
  runGit(root, "checkout", "-q", "main");
  commit(root, "3", CLEAN);
  merge(root, "side", "4", BROKEN);
  expect(await newIn(root, "HEAD~2..HEAD")).toEqual({
    verdict: "violated",
    found: [["double-unlock", 2]],
    patches: 3,
  });
});

test("a mistake that a merge brings back from before it was mended is found", async () => {
  const root = start(BROKEN);
  runGit(root, "checkout", "-q", "-b", "side");
  commit(root, "2", BROKEN);
  runGit(root, "checkout", "-q", "main");
  commit(root, "3", CLEAN);
  merge(root, "side", "2", BROKEN);
  expect(await newIn(root, "HEAD~1..HEAD")).toEqual({
    verdict: "violated",
    found: [["double-unlock", 1]],
    patches: 2,
  });
});

test("a mistake that a commit makes is found once", async () => {
  const root = start(CLEAN);
  runGit(root, "checkout", "-q", "-b", "side");
  commit(root, "1", BROKEN);
  runGit(root, "checkout", "-q", "main");
  commit(root, "3", CLEAN);
  merge(root, "side", "3", BROKEN);
  const { found, patches } = await newIn(root, "HEAD~2..HEAD");
  expect([found.length, patches]).toEqual([1, 3]);
  expect(found[0]?.[1]).toBeLessThan(2);
});

test("a merge that mends what a side broke leaves that at its commit", async () => {
  const root = start(CLEAN);
  runGit(root, "checkout", "-q", "-b", "side");
  commit(root, "1", BROKEN);
  runGit(root, "checkout", "-q", "main");
  merge(root, "side", "3", CLEAN);
  expect((await newIn(root, "HEAD~1..HEAD")).found).toEqual([["double-unlock", 0]]);
});
