import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const FILES = {
  "a/fill.c":
    "static void *raw(gfp_t gfp)\n{\n\treturn kmalloc(8, gfp);\n}\nvoid *box_alloc(gfp_t gfp)\n{\n\treturn raw(gfp);\n}\nvoid box_fill(struct box *b)\n{\n\tlockdep_assert_held(&b->owner);\n\tb->p = raw(GFP_KERNEL);\n}\nEXPORT_SYMBOL(box_fill);\n",
  "b/take.c":
    "#ifdef CONFIG_BOX\nvoid box_take(struct box *b)\n{\n\tspin_lock(&b->lock);\n}\n#else\nvoid box_take(struct box *b)\n{\n}\n#endif\n",
  "c/irq.c":
    'static irqreturn_t box_irq(int irq, void *b)\n{\n\tbox_pass(b);\n\treturn IRQ_HANDLED;\n}\nint box_start(struct box *b)\n{\n\treturn request_irq(3, box_irq, 0, "box", b);\n}\n',
  "d/pass.c": "void box_pass(struct box *b)\n{\n\tbox_fill(b);\n}\n",
};

async function told(...names: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const folder = temporaryFolder();
  for (const [name, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  return runCli("explain", ...names, "--tree", folder);
}

test("why a function of a tree sleeps, by other files too, what it needs, and who calls it", async () => {
  expect((await told("box_fill")).out).toBe(
    [
      "box_fill",
      "  defined at a/fill.c:9",
      "  leaves its callers' locks and contexts as they are, on the word of: its own body",
      "  needs: lockdep_assert_held(&b->owner)",
      "  sleeps: it may, by raw() -> kmalloc() at line 3, from line 12",
      "  called by: box_pass() of d/pass.c",
      "",
    ].join("\n"),
  );
  expect((await told("box_pass")).out).toContain(
    "sleeps: it may, by box_fill() -> raw() at a/fill.c:12 -> kmalloc() at a/fill.c:3, from line 3\n",
  );
  expect((await told("box_alloc")).out).toContain("sleeps: it may, where argument 1 allows it\n");
});

test("all definitions, with what their `#if`s ask for", async () => {
  const { out } = await told("box_take");
  expect(out).toMatch(/defined at b\/take\.c:2, where defined\(CONFIG_BOX\)\n.*takes spinlock/);
  expect(out).toMatch(/defined at b\/take\.c:7, where !\(?defined\(CONFIG_BOX\)\)?\n/);
});

test("the context that it is registered for", async () => {
  expect((await told("box_irq")).out).toContain(
    "handed on to request_irq() at c/irq.c:8, which runs it as an interrupt handler\n",
  );
});

test("a kernel call is told by the table, and one that the tree has not is not known", async () => {
  expect((await told("spin_lock")).out).toMatch(/^spin_lock\n/);
  expect(await told("no_such_call")).toMatchObject({ code: 2, out: "" });
});
