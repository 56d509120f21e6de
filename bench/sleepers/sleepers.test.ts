import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { flagsOfSleepingCall, sleepingCalls } from "../../model/kernel/table/sleeping-call.ts";
import { kernelSource } from "../../testing/kernel-source.ts";
import { sleepingOf } from "./closure.ts";
import { definitionsOf, namesIn } from "./definitions.ts";

const CODE = `
int box_open(struct box *box)
{
	int err;

	if (!box)
		return -EINVAL;
	mutex_lock(&box->lock);
	err = box->n;
	mutex_unlock(&box->lock);
	return err;
}

static int box_try(struct box *box)
{
	if (box->n)
		msleep(1);
	return 0;
}

int box_flush(struct box *box, bool wait)
{
	if (!wait)
		return 0;
	return box_open(box);
}

int box_reopen(struct box *box)
{
	return box_open(box) ? 0 : box_try(box);
}

void box_rest(struct box *box)
{
	if (in_atomic())
		return;
	msleep(1);
}

void box_relax(struct box *box)
{
	spin_unlock(&box->spin);
	msleep(1);
	spin_lock(&box->spin);
}

void *box_alloc(struct box *box, size_t size, gfp_t gfp)
{
	return kzalloc(size + box->n, gfp | __GFP_NOWARN);
}

void box_set_flags(struct box *box, gfp_t gfp)
{
	box->gfp = gfp;
}

void *box_grow(struct box *box)
{
	return box_alloc(box, 8, GFP_KERNEL);
}

void *box_grow_now(struct box *box)
{
	return box_alloc(box, 8, GFP_ATOMIC);
}
`;

test("what sleeps on the main path counts, and what may by flags that are handed on", () => {
  const found = sleepingOf(definitionsOf("box.c", CODE), () => true);
  expect(found).toEqual({
    always: ["box_grow", "box_open", "box_reopen"],
    by: { box_grow: "box_alloc", box_open: "mutex_lock", box_reopen: "mutex_lock" },
    byFlags: { box_alloc: 2 },
  });
});

test("of several definitions all must sleep, stubs aside", () => {
  const sleeps = definitionsOf("a.c", "void box_sync(void) { msleep(1); }");
  const stub = definitionsOf("a.h", "static inline void box_sync(void) { }");
  const other = definitionsOf("b.c", "void box_sync(void) { cpu_relax(); }");
  expect(sleepingOf([...sleeps, ...stub], () => true).always).toEqual(["box_sync"]);
  expect(sleepingOf([...sleeps, ...other], () => true).always).toEqual([]);
});

test("what is made for atomic context is none, though an arm of an #if sleeps", () => {
  const arms = (name: string) =>
    `#ifdef CONFIG_BOX\nvoid ${name}(void) { box_leave(); }\n#else\nvoid ${name}(void) { msleep(1); }\n#endif\n`;
  const found = (name: string) => sleepingOf(definitionsOf("a.h", arms(name)), () => true).always;
  expect(found("box_unmap")).toEqual(["box_unmap"]);
  expect(found("io_mapping_unmap_local")).toEqual([]);
});

test("a header names what it declares, defines and calls, not what comments and members are called", () => {
  const header =
    "/* init() is called first. */\nint box_open(struct box *box);\n#define box_shut(b) (b)->ops->shut(b)\n";
  expect(namesIn(header)).toEqual(["box_open", "box_shut"]);
});

test("another name of a function sleeps as it does", () => {
  const header = "void box_sync(void);\n#define box_sync_all box_sync\n";
  expect(namesIn(header)).toEqual(["box_sync", "box_sync_all"]);
  const definitions = [
    ...definitionsOf("a.c", "void box_sync(void) { msleep(1); }"),
    ...definitionsOf("include/linux/a.h", header),
  ];
  expect(sleepingOf(definitions, () => true).always).toEqual(["box_sync", "box_sync_all"]);
});

/** Files whose functions sleep by what stands in them, or by rows of the table. */
const SAMPLES = [
  "drivers/clk/clk.c",
  "drivers/base/core.c",
  "drivers/usb/core/message.c",
  "kernel/kthread.c",
];
const tree = kernelSource();

test.skipIf(!tree)("the list has what a sample of the kernel's files gives", () => {
  const definitions = SAMPLES.flatMap((file) =>
    definitionsOf(file, readFileSync(join(tree ?? "", file), "latin1")),
  );
  const headers = ["clk", "device", "usb", "kthread"].map((name) => `include/linux/${name}.h`);
  const declared = headers.map((file) => readFileSync(join(tree ?? "", file), "utf8")).join("");
  const { always } = sleepingOf(definitions, (name) => new RegExp(`\\b${name}\\s*\\(`).test(declared));
  expect(always.length).toBeGreaterThan(20);
  expect(always.filter((name) => !sleepingCalls.has(name))).toEqual([]);
});

test.each(["i2c_master_send", "spi_setup", "class_unregister", "kset_unregister", "debugfs_remove"])(
  "%s is in the list",
  (name) => {
    expect(sleepingCalls.has(name)).toBe(true);
  },
);

test.each([
  "kfree",
  "wake_up",
  "queue_work",
  "mod_timer",
  "spi_async",
  "clk_enable",
  "dma_map_single",
  "printk",
])("%s is not", (name) => {
  expect(sleepingCalls.has(name)).toBe(false);
  expect(flagsOfSleepingCall(name)).toBeUndefined();
});
