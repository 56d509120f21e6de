import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

type Files = Readonly<Record<string, string>>;

interface Said {
  readonly rule: string;
  readonly function: string;
  readonly functions?: readonly string[];
  readonly message: string;
  readonly consequences?: readonly Said[];
}

/** What is told of `a/a.c`, or of these files, where the whole tree is known: findings as `rule: message`. */
async function said(files: Files, checked: readonly string[] = ["a/a.c"]): Promise<readonly string[]> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const { out } = await runCli("check", ...checked, "--tree", folder, "--audit", "--json");
  const { findings } = JSON.parse(out) as { readonly findings: readonly Said[] };
  return findings
    .flatMap((each) => [each, ...(each.consequences ?? [])])
    .map(({ rule, message }) => `${rule}: ${message}`);
}

const fill = (flags: string) => `void box_fill(struct box *b)\n{\n\tb->p = kmalloc(8, ${flags});\n}\n`;
const LOCKED =
  "void use_box(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tbox_fill(b);\n\tspin_unlock(&b->lock);\n}\n";
const PASSES = "void pass_box(struct box *b)\n{\n\tbox_fill(b);\n}\n";
const HANDLER =
  'static irqreturn_t box_irq(int irq, void *b)\n{\n\tpass_box(b);\n\treturn IRQ_HANDLED;\n}\nint box_start(struct box *b)\n{\n\treturn request_irq(3, box_irq, 0, "box", b);\n}\n';
const UNDER_LOCK =
  "no-sleep-in-atomic: kmalloc() may sleep, and box_fill() is called by use_box() at b/b.c:4, under b->lock";
const IN_HANDLER =
  "atomic-context: kmalloc() may sleep, and box_fill() is called by box_irq() at c/c.c:3 -> pass_box() at b/b.c:3, which the kernel runs as an interrupt handler";

test("a function that sleeps is told where another file calls it under a spinning lock", async () => {
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": LOCKED })).toEqual([UNDER_LOCK]);
});

test("so it is where a handler comes to it by a further file, and both are one mistake", async () => {
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": PASSES, "c/c.c": HANDLER })).toEqual([
    IN_HANDLER,
  ]);
  const all = { "a/a.c": fill("GFP_KERNEL"), "b/b.c": PASSES + LOCKED, "c/c.c": HANDLER };
  expect(await said(all)).toHaveLength(2);
});

test("one that does not sleep is not, and neither is one that is called where that is allowed", async () => {
  expect(await said({ "a/a.c": fill("GFP_ATOMIC"), "b/b.c": LOCKED + PASSES, "c/c.c": HANDLER })).toEqual([]);
  const mutex = LOCKED.replaceAll("spin_", "mutex_");
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": mutex })).toEqual([]);
  const thread = HANDLER.replace("request_irq(3, box_irq", "request_threaded_irq(3, NULL, box_irq");
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": PASSES, "c/c.c": thread })).toEqual([]);
});

test("a caller that gives the lock back before, or asks in which context it is, is none", async () => {
  const before = LOCKED.replace("\tbox_fill(b);\n", "").replace(
    "unlock(&b->lock);\n",
    "unlock(&b->lock);\n\tbox_fill(b);\n",
  );
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": before })).toEqual([]);
  const asks = PASSES.replace("\tbox_fill", "\tif (!in_interrupt())\n\t\tbox_fill");
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": asks, "c/c.c": HANDLER })).toEqual([]);
});

test("a static function of the same name elsewhere is another one", async () => {
  const own = `static ${fill("GFP_ATOMIC")}${LOCKED}`;
  expect(await said({ "a/a.c": fill("GFP_KERNEL"), "b/b.c": own })).toEqual([]);
});

test("a handler that another file registers", async () => {
  const handler = HANDLER.slice(0, HANDLER.indexOf("int box_start")).replace("static ", "");
  const start = HANDLER.slice(HANDLER.indexOf("int box_start"));
  const files = {
    "a/a.c": fill("GFP_KERNEL").replace("void", "static void") + handler.replace("pass_box", "box_fill"),
  };
  expect(await said({ ...files, "b/b.c": start })).toEqual([
    "atomic-context: box_fill() -> kmalloc() at line 3 may sleep, and box_irq() is registered at b/b.c:3, and the kernel runs it as an interrupt handler",
  ]);
  expect(await said({ ...files, "b/b.c": start.replace("box_irq", "other_irq") })).toEqual([]);
});

test("where the caller's file is checked as well, it is told there alone", async () => {
  const files = { "a/a.c": fill("GFP_KERNEL"), "b/b.c": LOCKED };
  expect(await said(files, ["a/a.c", "b/b.c"])).toEqual([
    "no-sleep-in-atomic: something that may sleep is called in atomic context: box_fill() -> kmalloc() at a/a.c:3, under b->lock",
  ]);
});
