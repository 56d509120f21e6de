import { expect, test } from "vitest";
import { gate } from "../../gate/gate.ts";
import { readRange } from "../../gate/intake/commits.ts";
import { readMails } from "../../gate/intake/mails.ts";
import type { GateResult } from "../../gate/result.ts";
import { commitAll, diffOf, type Files, makeTree, runGit, writeFiles } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { reported } from "../testing/change.ts";
import { gateText } from "./gate.ts";

const text = (result: GateResult): string => gateText(reported(result), {});

const f = (...body: readonly string[]): Files => ({
  "mm/x.c": ["int f(struct box *box)", "{", ...body.map((each) => `\t${each}`), "\treturn 0;", "}", ""].join(
    "\n",
  ),
});
const LOCK = "spin_lock(&box->lock);";
const UNLOCK = "spin_unlock(&box->lock);";
const clean = f(LOCK, "box->n++;", UNLOCK);
const broken = f(LOCK, "box->n++;", UNLOCK, UNLOCK);

test("of a range, the commit that makes a finding is named, its line of the file, and the commit that mends it", async () => {
  const root = makeTree({});
  runGit(root, "init", "-q");
  const [first] = [clean, broken, clean].map((files, at) => {
    writeFiles(root, files);
    return commitAll(root, `step ${at}`);
  });
  const told = text(await gate(readRange(root, `${first}..HEAD`)));
  expect(told).toMatch(/\n {2}patch 1 of 2: [0-9a-f]{12} step 1\n/);
  expect(told).toContain("\n  at mm/x.c:6: spin_unlock(&box->lock);\n");
  expect(told).toMatch(/\n {2}mended by patch 2 of 2: [0-9a-f]{12} step 2\n/);
  expect(told).toMatch(/: fixed: f\(\): .*\n {2}patch 2 of 2: [0-9a-f]{12} step 2\n/);
});

test("one patch is not counted, and its own lines are named", async () => {
  const set = await readMails("x.patch", Buffer.from(diffOf(clean, broken)));
  const told = text(await gate(set, { tree: directoryTree(makeTree(clean)) }));
  expect(told).toContain("\n  at patch line 9: spin_unlock(&box->lock);\n");
  expect(told).not.toMatch(/patch 1 of 1|mended by/);
});

test("a statement that is gone is said to be", async () => {
  const set = await readMails("x.patch", Buffer.from(diffOf(clean, f(LOCK, "box->n++;"))));
  const told = text(await gate(set, { tree: directoryTree(makeTree(clean)) }));
  expect(told).toMatch(/\n {2}at patch line \d+, removed: spin_unlock\(&box->lock\);\n/);
});

test("a function that the hunk does not name is not called by a name of ours", async () => {
  const patch = [
    "--- a/x.c",
    "+++ b/x.c",
    "@@ -5,2 +5,3 @@",
    ` \t${LOCK}`,
    ` \t${UNLOCK}`,
    `+\t${UNLOCK}`,
    "",
  ];
  const told = text(await gate(await readMails("x.patch", Buffer.from(patch.join("\n")))));
  expect(told).toMatch(/^x\.c:7: error: a function that the hunk does not name: a lock is released/);
});

test("what could not be seen is said of the patch that it is of", async () => {
  const shaken = f(LOCK, "shake(&box->lock);", UNLOCK);
  const mails = [diffOf(clean, broken), diffOf(broken, shaken)].map(
    (diff, at) =>
      `From a@b Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: [PATCH ${at + 1}/2] x\n\n${diff}\n`,
  );
  const set = await readMails("x.mbox", Buffer.from(mails.join("")));
  const told = text(await gate(set, { tree: directoryTree(makeTree(clean)) }));
  expect(told).toMatch(/^bound: patch 2: mm\/x\.c:4: shake\(&box->lock\) is handed a lock/m);
});
