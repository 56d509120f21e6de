import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const LOCK = "spin_lock(&box->lock);";
const UNLOCK = "spin_unlock(&box->lock);";
const f = (name: string, ...body: readonly string[]): string =>
  [`int ${name}(struct box *box)`, "{", ...body.map((each) => `\t${each}`), "}", "", ""].join("\n");
const forgets = (name: string): string =>
  f(name, LOCK, "if (box->bad)", "\treturn -EINVAL;", UNLOCK, "return 0;");
const other = f("other", LOCK, UNLOCK, "return 0;");

const cases: readonly (readonly [string, Files, Files, readonly string[]])[] = [
  ["forgets to unlock on one way out", { "a.c": other }, { "a.c": other + forgets("g") }, ["a.c: g"]],
  ["does so in a file that is new, too", { "a.c": other }, { "a.c": other, "b.c": forgets("g") }, ["b.c: g"]],
  ["copies one that does", { "a.c": forgets("f") }, { "a.c": forgets("f") + forgets("g") }, ["a.c: g"]],
  [
    "is one that did, moved",
    { "a.c": forgets("f") + other, "b.c": other },
    { "a.c": other, "b.c": other + forgets("f") },
    [],
  ],
  ["is one that did, renamed", { "a.c": forgets("f") }, { "a.c": forgets("g") }, []],
  [
    "locks for a caller that unlocks",
    { "a.c": other },
    { "a.c": f("take", LOCK, "return 0;") + f("other", "take(box);", UNLOCK, "return 0;") },
    [],
  ],
  [
    "locks unless it fails",
    { "a.c": other },
    {
      "a.c": other + f("get", LOCK, "if (box->bad) {", `\t${UNLOCK}`, "\treturn -EINVAL;", "}", "return 0;"),
    },
    [],
  ],
];

test.each(cases)("a function that %s", async (_, before, after, expected) => {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const report = await gate(set, { tree: directoryTree(makeTree(before)) });
  expect(report.new.map((each) => `${each.file}: ${each.function}`)).toEqual(expected);
  expect(report.fixed).toEqual([]);
});
