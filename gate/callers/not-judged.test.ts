import { expect, test } from "vitest";
import { diffOf, type Files, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function judge(before: Files, after: Files) {
  const set = await readMails("patch", Buffer.from(diffOf(before, after)));
  const { verdict, new: fresh, bounds } = await gate(set, { tree: directoryTree(makeTree(before)) });
  return { verdict, fresh: fresh.map((each) => `${each.function}: ${each.rule}`), bounds };
}

const lock = (body: string) => `void box_lock(struct box *box)\n{\n${body}}\n`;
const LOCK = "\tspin_lock(&box->lock);\n";
const use = (body: string) => `void box_use(struct box *box)\n{\n\tbox_lock(box);\n${body}}\n`;
const UNLOCK = "\tspin_unlock(&box->lock);\n";

test("a caller that has no model is a bound that names it, and says why", async () => {
  const long = "\tif (box->n)\n\t\tbox->n--;\n".repeat(1_500);
  const before = { "mm/a.c": lock(LOCK), "mm/b.c": use(long + UNLOCK) };
  const { verdict, fresh, bounds } = await judge(before, { ...before, "mm/a.c": lock("") });
  expect({ verdict, fresh }).toEqual({ verdict: "holds-within-bound", fresh: [] });
  expect(bounds).toContain("mm/b.c: caller box_use() was not modelled: more than 2000 steps");
});

test("a caller of too many states is a bound that names it", async () => {
  const many = Array.from({ length: 18 }, (_, at) => `\tif (box->f${at})\n\t\tmutex_lock(&box->m${at});\n`);
  const before = { "mm/a.c": lock(LOCK), "mm/b.c": use(many.join("") + UNLOCK) };
  const { verdict, bounds } = await judge(before, { ...before, "mm/a.c": lock("") });
  expect(verdict).toBe("holds-within-bound");
  expect(bounds).toContain("mm/b.c: caller box_use() was not searched to its end: more than 100000 states");
});

const find = (body: string) => `
void box_lock(struct list_head *boxes)
{
	struct box *box = box_first(boxes);

	box->n++;
${body}}

void box_use(struct list_head *boxes)
{
	box_lock(boxes);
}
`;

test.each([
  [find(""), find(LOCK), ["mm/a.c: what box_lock() newly does to its callers' locks is not understood"]],
  [find(LOCK), find(`${LOCK}\tbox->n++;\n`), []],
  [find(LOCK), find(LOCK + UNLOCK), []],
])(
  "what is done to a lock that no caller can name is a bound where it is new: %#",
  async (was, is, wanted) => {
    const { bounds } = await judge({ "mm/a.c": was }, { "mm/a.c": is });
    expect(bounds.filter((each) => each.includes("not understood"))).toEqual(wanted);
  },
);

test("a lock of the function's own beside a callee that may touch any is judged by the function's paths", async () => {
  const stir = (own: string) =>
    `${find(LOCK).replace("box_use", "box_stir")}void box_sum(struct list_head *boxes, struct sum *sum)\n{\n${own}\tbox_stir(boxes);\n}\n` +
    "void box_all(struct list_head *boxes, struct sum *sum)\n{\n\tbox_sum(boxes, sum);\n}\n";
  const [take, give] = [
    "\tmutex_lock(&sum->mutex);\n\tspin_lock(&sum->lock);\n",
    "\tspin_unlock(&sum->lock);\n\tmutex_unlock(&sum->mutex);\n",
  ];
  const judged = (own: string) => judge({ "mm/a.c": stir("") }, { "mm/a.c": stir(own) });
  expect((await judged(`${take}\tsum->n = 0;\n${give}`)).bounds).toEqual([]);
  expect((await judged(`${take}\tsum->n = 0;\n\tmutex_unlock(&sum->mutex);\n`)).verdict).not.toBe("holds");
  expect((await judged(`${take}\tsum->n = 0;\n\tspin_unlock(&sum->lock);\n`)).verdict).not.toBe("holds");
});

test("callers behind more headers than are followed are a bound", async () => {
  const wrapper = (at: number) =>
    `static inline void box_lock_${at}(struct box *box)\n{\n\tbox_lock${at > 1 ? `_${at - 1}` : ""}(box);\n}\n`;
  const headers = Object.fromEntries([1, 2, 3, 4].map((at) => [`include/box_${at}.h`, wrapper(at)]));
  const before: Files = { ...headers, "mm/a.c": lock(LOCK) };
  const { bounds } = await judge(before, { ...before, "mm/a.c": lock("") });
  expect(bounds).toContain(
    "include/box_4.h: callers of box_lock_4() were not judged: headers' functions are followed through 4 calls",
  );
});

test("what a function does to locks in an arm of an #if by which no caller is judged is a bound", async () => {
  const own = (body: string) =>
    `static void box_note(struct box *box)\n{\n#ifdef CONFIG_BOX\n\tbox->n++;\n#else\n${body}#endif\n}\n`;
  const user = `void box_use(struct box *box)\n{\n${LOCK}\tbox_note(box);\n${UNLOCK}}\n`;
  const files = (body: string): Files => ({ "mm/a.c": own(body) + user });
  const { bounds } = await judge(files("\tbox->n--;\n"), files(UNLOCK));
  expect(bounds).toEqual([
    "mm/a.c: what box_note() does to locks changes in an arm of an #if: no caller is judged by it",
  ]);
});
