import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const lock = (...body: readonly string[]) =>
  `void device_lock(struct device *dev)\n{\n${body.map((each) => `\t${each}\n`).join("")}}\n`;
const TAKEN = "mutex_lock(&dev->mutex);";

async function boundsOf(before: string, after: string): Promise<string> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  const { bounds } = await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) });
  return bounds.join("\n");
}

test.each([
  ["counts", lock(TAKEN, "dev->locks++;")],
  ["takes another lock and gives it back", lock("spin_lock(&dev->l);", "spin_unlock(&dev->l);", TAKEN)],
  ["calls its parameter otherwise", lock(TAKEN).replace(/\bdev\b/g, "d")],
])(
  "a function of the table that takes what it took, and %s, is as the table describes it",
  async (_, after) => {
    expect(await boundsOf(lock(TAKEN), after)).not.toMatch("defined anew");
  },
);

test.each([
  ["no longer takes it", lock(TAKEN), lock("dev->locks++;")],
  ["takes another", lock(TAKEN), lock("mutex_lock(&dev->other);")],
  ["takes it on some paths", lock(TAKEN), lock("if (dev->n)", `\t${TAKEN}`)],
  ["takes nothing that is known", lock("dev->busy = 1;"), lock("dev->busy = 2;")],
])("one that %s is a bound", async (_, before, after) => {
  expect(await boundsOf(before, after)).toMatch("device_lock() is defined anew");
});
