import { expect, test } from "vitest";
import { gate } from "../gate/gate.ts";
import { readMails } from "../gate/intake/mails.ts";
import { diffOf, makeTree } from "../tree/testing/tree.ts";
import { directoryTree } from "../tree/tree.ts";
import { reported } from "./testing/change.ts";

const f = (line: string): string => `static void f(struct box *box)
{
	spin_lock(&box->lock);
#ifdef CONFIG_BOX
	${line}
#endif
	spin_unlock(&box->lock);
}
`;

test("a report names its tool, table and kernel, and the #if readings of what it judged", async () => {
  const [before, after] = [{ "a.c": f("box->n++;") }, { "a.c": f("box->n--;") }];
  const set = await readMails("x.patch", Buffer.from(diffOf(before, after)));
  const { provenance } = reported(await gate(set, { tree: directoryTree(makeTree(before)) }));
  expect(provenance).toEqual({
    version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
    table: expect.stringMatching(/^[0-9a-f]{12}$/),
    kernel: { version: "6.12", why: "default: nothing says which kernel it is" },
    conditionals: ["a.c: f(): CONFIG_BOX | !CONFIG_BOX"],
    reproduce: "holdfast gate x.patch",
  });
});
