import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { untouchedImage } from "../apply/image.ts";
import { localsOf } from "../compare/locals.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import { isNotYetFound } from "./own-lock.ts";

/** A folio that is found locked, and is given back by the function that found it. */
const moved = (early: string, late = "") => `static int move_block(struct inode *inode, struct desc *desc)
{
	struct buffer_head *bh;
	int ret;

${early}	if (desc->flags == 0)
		ret = read_block(inode, desc->nr, &bh);
	else
		ret = read_node(inode, desc->nr, &bh);
	if (ret < 0)
		return ret;
${late}	desc->bh = bh;
	folio_unlock(bh->b_folio);
	return 0;
}
`;
const CHECK = "\tif (desc->nr == 0)\n\t\treturn -EINVAL;\n";

async function found(before: string, after: string): Promise<readonly string[]> {
  const files = { "fs/box.c": before };
  const patch = Buffer.from(diffOf(files, { "fs/box.c": after }));
  const report = await gate(await readMails("check", patch), { tree: directoryTree(makeTree(files)) });
  return report.new.map(({ rule, lock }) => `${rule}: ${lock}`);
}

test("a check before the function has its object leaves no lock of it behind", async () => {
  expect(await found(moved(""), moved(CHECK))).toEqual([]);
});

test("the same check behind that does", async () => {
  expect(await found(moved(""), moved("", CHECK))).toEqual(["exit-imbalance: bh->b_folio"]);
});

test("where a path comes back to the check, it may have found its object before", () => {
  const isIn = (text: string) =>
    isNotYetFound(
      {
        function: "move_block",
        lock: "bh->b_folio",
        line: text.split("\n").indexOf("\t\treturn -EINVAL;") + 1,
      },
      untouchedImage("fs/box.c", text),
      localsOf(text),
    );
  expect(isIn(moved(CHECK))).toBe(true);
  expect(isIn(moved(`again:\n${CHECK}`))).toBe(false);
  expect(isIn(moved(`\tfor (;;)\n${CHECK}`))).toBe(false);
  expect(isIn(moved("", CHECK))).toBe(false);
  expect(isIn(moved(CHECK).replace("*bh;", "*bh = desc->bh;"))).toBe(false);
});
