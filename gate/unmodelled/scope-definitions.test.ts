import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function boundsOf(before: string, after: string, file = "a.c"): Promise<string> {
  const set = await readMails("patch", Buffer.from(diffOf({ [file]: before }, { [file]: after })));
  return (await gate(set, { tree: directoryTree(makeTree({ [file]: before })) })).bounds.join("\n");
}

const KINDS = [
  ["DEFINE_FREE(box", "DEFINE_FREE(box, struct box *, if (_T) ACTION)\n"],
  ["DEFINE_FREE(box", "DEFINE_FREE(box, struct box *,\n\t    if (!IS_ERR_OR_NULL(_T))\n\t\tACTION)\n"],
  ["DEFINE_GUARD(box", "DEFINE_GUARD(box, struct box *,\n\t     spin_lock(&_T->lock),\n\t     ACTION)\n"],
  ["DEFINE_CLASS(box", "DEFINE_CLASS(box, struct box *, ACTION,\n\t     box_find(n), int n)\n"],
  [
    "DEFINE_LOCK_GUARD_1(box",
    "DEFINE_LOCK_GUARD_1(box, struct box,\n\t\t    spin_lock(&_T->lock->lock),\n\t\t    ACTION)\n",
  ],
] as const;

test.each(KINDS)("%s) that locks otherwise is a bound", async (name, definition) => {
  const text = (action: string) => definition.replace("ACTION", action);
  const [frees, unlocks] = [text("box_free(_T)"), text("spin_unlock(&_T->lock)")];
  const told = `:1: ${name}) does otherwise to locks: not all that uses it was judged`;
  for (const file of ["a.c", "a.h"]) {
    expect(await boundsOf(frees, unlocks, file)).toContain(`${file}${told}`);
    expect(await boundsOf(unlocks, frees, file)).toContain(`${file}${told}`);
  }
  expect(await boundsOf(unlocks, text("box_unlock(_T)"))).toContain(told);
  expect(await boundsOf(frees, text("kfree(_T)"))).not.toContain(told);
});
