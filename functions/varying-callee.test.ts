import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** What is unknown in a function `f` behind `others`. */
async function unknownIn(body: readonly string[], others = "") {
  const text = `${others}static int f(struct box *b)\n{\n${body.join("\n")}\n\treturn 0;\n}\n`;
  const { unknownLocks = [], bounds } = await checkSource({ file: "f.c", text });
  return { callees: unknownLocks.map(({ callee }) => callee), bounds };
}

const LONG = Array.from({ length: 60 }, (_, at) => `\tb->n += ${at};\n`).join("");

describe("an effect on locks that depends on more than a call shows is a bound", () => {
  const drop = (body: string) => `static void drop(struct box *b)\n{\n${body}}\n`;

  test("a function of the file that an #if lets do otherwise", async () => {
    const others = drop("#ifdef CONFIG_BOX\n\tspin_unlock(&b->lock);\n#else\n\tb->n++;\n#endif\n");
    const { bounds } = await unknownIn(["spin_lock(&b->lock);", "drop(b);"], others);
    expect(bounds).toEqual([
      "f.c:12: f(): what drop() does to locks depends on an #if, and is judged by one of its arms alone",
    ]);
  });

  test("not one that does the same in each arm", async () => {
    const others = drop("#ifdef CONFIG_BOX\n\tb->n--;\n#endif\n\tspin_unlock(&b->lock);\n");
    expect((await unknownIn(["spin_lock(&b->lock);", "drop(b);"], others)).bounds).toEqual([]);
  });

  test("a helper that is too large to be looked into, where interrupts are switched with the lock", async () => {
    const { bounds } = await unknownIn(
      ["spin_lock_irq(&b->lock);", "drop(b);"],
      drop(`${LONG.repeat(5)}\tspin_unlock(&b->lock);\n`),
    );
    expect(bounds).toEqual([expect.stringMatching(/f\(\): the effect of drop\(\) on locks is unknown/)]);
  });

  test("a macro that chooses a function by its argument", async () => {
    const macro = "#define lk(l) _Generic((l), spinlock_t *: spin_lock, struct mutex *: mutex_lock)(l)\n";
    const { callees } = await unknownIn(["lk(&b->lock);", "spin_unlock(&b->lock);"], macro);
    expect(callees).toEqual(["spin_lock", "mutex_lock"]);
  });

  test("a variable that is freed by an expression of the file which unlocks", async () => {
    const body = ["struct box *own __free(box) = b;", "spin_lock(&b->lock);", "spin_unlock(&b->lock);"];
    const free = (action: string) => `DEFINE_FREE(box, struct box *, if (_T) ${action}(&_T->lock))\n`;
    expect((await unknownIn(body, free("spin_unlock"))).callees).toEqual(["__free(box)"]);
    expect((await unknownIn(body, free("kfree"))).callees).toEqual([]);
    expect((await unknownIn(body)).callees).toEqual([]);
  });

  test("a member that a table of the file initialises with a function that locks", async () => {
    const table = (name: string) =>
      `${drop("\tspin_unlock(&b->lock);\n")}static void poke(struct box *b)\n{\n\tb->n++;\n}\nstatic const struct ops ops = { .put = ${name} };\n`;
    const body = ["spin_lock(&b->lock);", "ops.put(b);"];
    expect((await unknownIn(body, table("drop"))).callees).toEqual(["ops.put"]);
    expect((await unknownIn(body, table("poke"))).callees).toEqual([]);
  });

  test("a function that is named like a lock, and acts by a helper of the file", async () => {
    const others =
      "static void box_write(struct box *b)\n{\n\t__raw_writel(1, b->regs);\n}\nstatic void box_lock(struct box *b)\n{\n\tbox_write(b);\n}\n";
    expect((await unknownIn(["box_lock(b);"], others)).callees).toEqual(["box_lock"]);
    const asking = others.replace("writel(1, b->regs)", "readl(b->regs)");
    expect((await unknownIn(["box_lock(b);"], asking)).callees).toEqual([]);
  });
});
