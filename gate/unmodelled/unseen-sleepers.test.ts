import { expect, test } from "vitest";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

/** The bounds of a patch of one file without a tree, whose hunk shows the head of the function. */
async function boundsOf(...hunk: readonly string[]): Promise<readonly string[]> {
  const lines = [" static void box_fill(struct box *b)", " {", " \tb->n++;", ...hunk, " \tb->m++;", " }"];
  const count = (marks: string) => lines.filter((each) => marks.includes(each[0] ?? "")).length;
  const heading = `@@ -7,${count(" -")} +7,${count(" +")} @@`;
  const patch = ["--- a/box.c", "+++ b/box.c", heading, ...lines, ""].join("\n");
  return (await gate(await readMails("patch", Buffer.from(patch)))).bounds;
}

test.each([
  ["sleeps", "+\tmsleep(10);", "msleep"],
  ["allocates", "+\tb->p = kmalloc(8, GFP_KERNEL);", "kmalloc"],
  ["waits", "+\twait_for_completion(&b->done);", "wait_for_completion"],
])("a function that newly %s is a bound where its callers are not seen", async (_, line, callee) => {
  expect(await boundsOf(line)).toEqual([
    `box.c:10: box_fill() may sleep now, in ${callee}(), and its callers were not seen (--tree DIR shows them)`,
  ]);
});

test.each([
  ["that slept before", [" \tmsleep(1);", "+\tmsleep(10);"]],
  ["that asks whether it may", ["+\tb->p = kmalloc(8, GFP_ATOMIC);"]],
  ["that does something else", ["+\tb->n += 2;"]],
])("a function %s is none", async (_, lines) => {
  expect(await boundsOf(...lines)).toEqual([]);
});
