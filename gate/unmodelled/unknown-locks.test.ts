import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const fn = (name: string, ...body: readonly string[]) =>
  [
    `static int ${name}(struct box *box)`,
    "{",
    ...body.map((each) => `\t${each}`),
    "\treturn 0;",
    "}",
    "",
  ].join("\n");

const OWN_LOCK = fn("own_lock", "spin_lock(&box->lock);");
const OWN_UNLOCK = fn("own_unlock", "box_unlock(box);", "box_acquire_end(box);");
const EXIT = ["if (box->n++)", "\treturn 1;"];

test.each([
  [
    "an exit in a helper that only unlocks",
    fn("f", "box->n++;", "box_unlock(box);"),
    fn("f", ...EXIT, "box_unlock(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "an exit in a helper that unlocks before it calls what may lock",
    fn("f", "box->n++;", "box_unlock(box);", "box_acquire_end(box);"),
    fn("f", ...EXIT, "box_unlock(box);", "box_acquire_end(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "an exit between a known lock and a call that may unlock",
    OWN_LOCK + fn("f", "own_lock(box);", "box->n++;", "box_unlock(box);"),
    OWN_LOCK + fn("f", "own_lock(box);", ...EXIT, "box_unlock(box);"),
    /f\(\): box_unlock\(\) has other exits/,
  ],
  [
    "a helper that unlocks by its name, and calls both inside",
    OWN_UNLOCK + fn("f", "box_lock(box);", "own_unlock(box);"),
    OWN_UNLOCK + fn("f", "box_lock(box);", "own_unlock(box);", "own_unlock(box);"),
    /f\(\): own_unlock\(\) is new here/,
  ],
])("%s is named", async (_, before, after, bound) => {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  expect(report.bounds.join("\n")).toMatch(bound);
});

test.each([
  ["an exit with the lock", ["box_lock(box);", ...EXIT, "box_unlock(box);"], "exit-imbalance"],
  ["a second release", ["box_lock(box);", "box_unlock(box);", "box_unlock(box);"], "double-unlock"],
])("names alone show %s that a change brings: a hint, beside the bound", async (_, body, rule) => {
  const before = fn("f", "box_lock(box);", "box->n++;", "box_unlock(box);");
  const after = fn("f", ...body);
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const report = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  expect(report.new).toMatchObject([{ rule, confidence: "audit", function: "f" }]);
  expect(report.bounds).not.toEqual([]);
});
