import { describe, expect, test } from "vitest";
import { openTreeIndex } from "../../tree/index/tree-index.ts";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { eachAlone } from "../compare/callee.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import type { GateResult } from "../result.ts";

const LOCK = "\tspin_lock(&box->lock);\n";
const UNLOCK = "\tspin_unlock(&box->lock);\n";
const begin = (body: string) => `void box_begin(struct box *box)\n{\n${body}\tbox->n++;\n}\n`;
const caller = (name: string, first = "") =>
  `int ${name}(struct box *box)\n{\n${first}\tbox_begin(box);\n\tbox->m = 0;\n${UNLOCK}\treturn 0;\n}\n`;

/** A lock moves from two callers in a far folder into what they call. */
const BEFORE: Files = {
  "core/box.c": begin(""),
  "drivers/x.c": caller("x_use", LOCK) + caller("x_other", LOCK),
};
const CORE = { "core/box.c": begin(LOCK) };

/** What the gate says of the change to some files alone, in a tree where all of it happens. */
async function judged(before: Files, part: Files, after: Files): Promise<GateResult> {
  const patch = Buffer.from(diffOf(before, { ...before, ...part }));
  const [tree, treeAfter] = [directoryTree(makeTree(before)), directoryTree(makeTree(after))];
  const index = ({ place }: typeof tree) =>
    openTreeIndex({ place, store: undefined, program: "test", threads: 1 });
  return gate(await readMails("part", patch), { tree, after: treeAfter, index });
}

const foundIn = (result: GateResult): readonly string[] =>
  result.new.flatMap(eachAlone).map((each) => `${each.file}: ${each.function}: ${each.rule}`);

describe("a part of a change", () => {
  test("is judged with callers as the other parts leave them", async () => {
    const after = { ...CORE, "drivers/x.c": caller("x_use") + caller("x_other") };
    expect(foundIn(await judged(BEFORE, CORE, after))).toEqual([]);
  });

  test("is judged with callers that stay as they were, in files that another part changes", async () => {
    const after = { ...CORE, "drivers/x.c": caller("x_use") + caller("x_other", LOCK) };
    expect(foundIn(await judged(BEFORE, CORE, after))).toEqual(["drivers/x.c: x_other: double-lock"]);
  });

  test("knows what functions do as another part leaves them", async () => {
    const helper = (body: string) => `void box_rest(struct box *box)\n{\n${body}}\n`;
    const user = (call: string) =>
      `void z_use(struct box *box)\n{\n${LOCK}${call}${UNLOCK}}\n\nvoid z_rest(struct box *box)\n{\n\tbox->n = 1;\n}\n`;
    const before = { "core/rest.c": helper("\tbox->n = 0;\n"), "drivers/z.c": user("\tbox->n = 2;\n") };
    const part = { "drivers/z.c": user("\tbox_rest(box);\n") };
    expect(foundIn(await judged(before, part, { ...before, ...part }))).toEqual([]);
    const sleeping = { ...part, "core/rest.c": helper("\tmsleep(10);\n") };
    expect(foundIn(await judged(before, part, sleeping))).toEqual(["drivers/z.c: z_use: no-sleep-in-atomic"]);
  });

  test("says so where the tree afterwards has a file otherwise", async () => {
    const { bounds } = await judged(BEFORE, CORE, { ...BEFORE, "core/box.c": `${begin(LOCK)}\n` });
    expect(bounds.join("\n")).toMatch(/^core\/box\.c: \S+ has it otherwise than the change leaves it$/m);
  });
});
