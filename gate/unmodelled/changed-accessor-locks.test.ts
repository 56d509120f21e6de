import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

const text = (...body: readonly string[]) => `static void fill(struct net_device *dev)
{
	struct box *b = netdev_priv(dev);

${body.map((each) => `\t${each}\n`).join("")}}

void f(struct net_device *dev)
{
	struct box *box = netdev_priv(dev);

	spin_lock(&box->lock);
	fill(dev);
	spin_unlock(&box->lock);
}
`;
const LOCKED = ["spin_lock(&b->lock);", "b->n++;", "spin_unlock(&b->lock);"];
const TOLD = "f(): fill() takes a lock like box->lock, which is held there, by an accessor";

async function boundsOf(before: string, after: string): Promise<string> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  return (await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) })).bounds.join("\n");
}

test("a callee that newly takes its caller's lock by an accessor is a bound, and so is a new call of one", async () => {
  expect(await boundsOf(text("b->n++;"), text(...LOCKED))).toContain(TOLD);
  const uncalled = text(...LOCKED).replace("\tfill(dev);", "\tbox->n++;");
  expect(await boundsOf(uncalled, text(...LOCKED))).toContain(TOLD);
});

test("one that did before is none, whatever variables are called", async () => {
  const before = text(...LOCKED);
  expect(await boundsOf(before, before.replace("b->n++", "b->n += 2"))).toBe("");
  expect(await boundsOf(before, before.replace(/\bbox\b(?! \*)/g, "my"))).toBe("");
  expect(await boundsOf(before, text("b->n++;"))).toBe("");
});
