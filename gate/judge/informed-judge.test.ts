import { describe, expect, test } from "vitest";
import { commitTree } from "../../tree/commit-tree.ts";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { commitAll, diffOf, type Files, makeTree, runGit } from "../../tree/testing/tree.ts";
import { directoryTree, type Tree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import type { OpenIndex } from "./informed-judge.ts";

const library = `#include <linux/spinlock.h>

void box_flush(struct box *b)
{
	msleep(10);
	b->n = 0;
}

void box_rest(struct box *b, int flags)
{
	if (flags & BOX_MAY_SLEEP)
		msleep(10);
}

int box_hold(struct box *b)
{
	mutex_lock(&b->m);
	if (b->dead) {
		mutex_unlock(&b->m);
		return -ENODEV;
	}
	return 0;
}

void box_drop(struct box *b)
{
	mutex_unlock(&b->m);
}

void box_tell(struct box *b)
{
	spin_lock(&b->l);
	b->told++;
	spin_unlock(&b->l);
}
`;
const user = (under: string, held = "") => `#include "box.h"

int user_go(struct box *b)
{
	spin_lock(&b->l);
	b->n++;
${under}	spin_unlock(&b->l);
	return 0;
}

int user_hold(struct box *b)
{
	int ret;

	ret = box_hold(b);
	if (ret)
		return ret;
${held}	b->n++;
	box_drop(b);
	return 0;
}
`;

const FILES: Files = { "drivers/a/box.c": library, "drivers/b/user.c": user("") };
const index: OpenIndex = ({ place }) => openTreeIndex({ place, store: undefined, program: "test" });

async function found(tree: Tree, before: Files, after: Files): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree, index });
  return report.new.map((each) => `${each.function}: ${each.rule}: ${each.message}`);
}

const withUser = (text: string): Files => ({ ...FILES, "drivers/b/user.c": text });

describe.each(["folder", "commit"] as const)("functions of another folder of a %s", (kind) => {
  const treeOf = (files: Files): Tree => {
    const root = makeTree(files);
    if (kind === "folder") return directoryTree(root);
    runGit(root, "init", "-q");
    commitAll(root, "before");
    return commitTree(root, "HEAD");
  };

  test.each([
    [
      "sleeps",
      user("\tbox_flush(b);\n"),
      "user_go: no-sleep-in-atomic: something that may sleep is called in atomic context: box_flush() -> msleep() at drivers/a/box.c:5, under b->l",
    ],
    [
      "takes the lock that is held",
      user("\tbox_tell(b);\n"),
      "user_go: double-lock: a lock is taken that is held already: b->l (by box_tell() at drivers/a/box.c:30)",
    ],
    [
      "took a lock that a new exit keeps",
      user("", "\tif (b->n > 5)\n\t\treturn -EBUSY;\n"),
      "user_hold: exit-imbalance: returns here with a lock that is released on other paths: b->m (by box_hold() at drivers/a/box.c:15)",
    ],
  ])("one that %s is known where a patch calls it", async (_, after, finding) => {
    expect(await found(treeOf(FILES), FILES, withUser(after))).toEqual([finding]);
  });

  test("what sleeps where its caller lets it alone is none", async () => {
    expect(await found(treeOf(FILES), FILES, withUser(user("\tbox_rest(b, 0);\n")))).toEqual([]);
  });

  test("each side of a patch has its own", async () => {
    const flush = (body: string) => library.replace("\tmsleep(10);\n\tb->n = 0;\n", body);
    const before = { ...FILES, "drivers/a/box.c": flush("\tmsleep(10);\n") };
    const after = {
      "drivers/a/box.c": flush("\tb->n = 0;\n"),
      "drivers/b/user.c": user("\tbox_flush(b);\n"),
    };
    expect(await found(treeOf(before), before, after)).toEqual([]);
    expect(await found(treeOf(after), after, { ...after, ...before })).toEqual([]);
  });

  test("two of one name that do otherwise are not guessed between", async () => {
    const other = { "drivers/c/other.c": "void box_flush(struct box *b)\n{\n\tb->n++;\n}\n" };
    const before = { ...FILES, ...other };
    const after = { ...before, "drivers/b/user.c": user("\tbox_flush(b);\n") };
    expect(await found(treeOf(before), before, after)).toEqual([]);
  });
});

test("of a series, a patch is judged by what those before it made of other files", async () => {
  const tree = directoryTree(makeTree(FILES));
  const sleepless = {
    ...FILES,
    "drivers/a/box.c": library.replace("\tmsleep(10);\n\tb->n = 0;", "\tb->n = 0;"),
  };
  const calling = { ...sleepless, "drivers/b/user.c": user("\tbox_flush(b);\n") };
  const mail = (subject: string, diff: string) =>
    `From 1234567890123456789012345678901234567890 Mon Sep 17 00:00:00 2001\nFrom: A <a@b.c>\nSubject: [PATCH ${subject}\n\n---\n${diff}\n-- \n2.40\n\n`;
  const series = mail("1/2] one", diffOf(FILES, sleepless)) + mail("2/2] two", diffOf(sleepless, calling));
  const report = await gate(await readMails("series.mbox", Buffer.from(series)), { tree, index });
  expect([report.patches.length, report.new]).toEqual([2, []]);
});
