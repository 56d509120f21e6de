import { expect, test } from "vitest";
import { diffOf, makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";

async function boundsOf(before: string, after: string): Promise<readonly string[]> {
  const set = await readMails("patch", Buffer.from(diffOf({ "a.c": before }, { "a.c": after })));
  return (await gate(set, { tree: directoryTree(makeTree({ "a.c": before })) })).bounds;
}

const use = (call: string, lock = "spin_lock(&b->lock)") =>
  `void box_use(struct box *b)\n{\n\t${lock};\n\tb->n++;\n${call}\t${lock.replace("_lock", "_unlock")};\n}\n`;

const NAMES = [
  ...["box_sync_wait", "box_wait_for_idle", "wait_on_box", "box_wait_for_state", "box_synchronize"],
  ...["flush_box", "box_flush_queue", "box_sync", "box_drain", "box_sleep", "box_quiesce", "sync_box_range"],
];

test.each(NAMES)("%s() that is newly called under a spinlock is a bound", async (name) => {
  const told = `a.c:5: box_use() newly calls ${name}() under b->lock, which by its name may sleep: nothing else is known of it`;
  expect(await boundsOf(use(""), use(`\t${name}(b);\n`))).toEqual([told]);
});

const AT_ONCE = [
  ...["box_wake_sync", "box_flush_tlb", "box_sync_nowait", "box_need_flush", "box_init_wait", "box_count"],
  ...["box_wait_queue_head", "dma_sync_box", "box_flush_cache", "box_async", "box_busy_wait", "box_await_no"],
];

test.each(AT_ONCE)("%s() is none", async (name) => {
  expect(await boundsOf(use(""), use(`\t${name}(b);\n`))).toEqual([]);
});

test("nor is one under a mutex, behind the lock, or that was called there before", async () => {
  const mutex = (call: string) => use(call, "mutex_lock(&b->lock)");
  expect(await boundsOf(mutex(""), mutex("\tbox_sync(b);\n"))).toEqual([]);
  const behind = use("").replace("\n}", "\n\tbox_sync(b);\n}");
  expect(await boundsOf(use(""), behind)).toEqual([]);
  const call = "\tbox_sync(b);\n";
  expect(await boundsOf(use(call), use(`${call}\tb->m++;\n`))).toEqual([]);
});

const helper = (call: string) => `static void box_end(struct box *b)\n{\n\tb->m++;\n${call}}\n\n`;

test("a helper that leads to one is a bound where it is newly called, and where it newly does", async () => {
  const told = expect.stringContaining(
    "box_use() newly calls box_end() under b->lock, which leads to box_sync(), which by its name may sleep",
  );
  const [plain, waiting] = [helper(""), helper("\tbox_sync(b);\n")];
  const call = use("\tbox_end(b);\n");
  expect(await boundsOf(waiting + use(""), waiting + call)).toEqual([told]);
  expect(await boundsOf(plain + call, waiting + call)).toEqual([told]);
});

test.each(["rcu_read_lock()", "preempt_disable()", "local_irq_disable()"])(
  "a wait behind %s is a bound",
  async (lock) => {
    const inside = (call: string) => use(call, lock).replace("disable();\n}", "enable();\n}");
    expect(await boundsOf(inside(""), inside("\tbox_sync(b);\n"))).toHaveLength(1);
  },
);
