import { expect, test } from "vitest";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { gate } from "./gate.ts";
import { readMails } from "./intake/mails.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const file = (...body: readonly string[]) => ({
  "mm/x.c": `int f(struct box *box)\n{\n${body.join("")}\treturn 0;\n}\n`,
});
const clean = file(LOCK, "\tbox->n++;\n", UNLOCK);
const broken = file(LOCK, "\tbox->n++;\n", UNLOCK, UNLOCK);

/** What each patch of a series starts from and leaves behind. */
const STATES = [
  clean,
  file(LOCK, "\tbox->n += 2;\n", UNLOCK),
  file(LOCK, "\tbox->n += 2;\n", UNLOCK, UNLOCK),
  file(LOCK, "\tbox->n += 3;\n", UNLOCK, UNLOCK),
  broken,
  clean,
];

test("a bug that patch 2 makes and patch 5 mends is seen, and where", async () => {
  const patches = STATES.slice(1).map((after, at) => diffOf(STATES[at] ?? clean, after));
  const box = patches
    .map((diff, at) => {
      const subject = `[PATCH v2 ${at + 1}/${patches.length}] mm: step`;
      return `From git@z Mon Sep 17 00:00:00 2001\nFrom: A <a@b>\nSubject: ${subject}\nMessage-ID: <${at + 1}@x>\n\n${diff}\n`;
    })
    .toReversed()
    .join("");
  const tree = directoryTree(makeTree(clean));
  const report = await gate(await readMails("series", Buffer.from(box)), { tree });
  expect(report.patches.map((each) => [each.messageId, each.verdict, each.new, each.fixed])).toEqual([
    ["1@x", "holds", 0, 0],
    ["2@x", "violated", 1, 0],
    ["3@x", "holds", 0, 0],
    ["4@x", "holds", 0, 0],
    ["5@x", "holds", 0, 1],
  ]);
  expect(report.verdict).toBe("violated");
  expect(report.new[0]).toMatchObject({ rule: "double-unlock", patch: 1 });
});
