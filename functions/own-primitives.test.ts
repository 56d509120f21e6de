import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

const USE = "static void f(struct box *b)\n{\n\tspin_lock(&b->l);\n\tb->n++;\n\tspin_unlock(&b->l);\n}\n";

const boundsOf = async (others: string, file = "f.c") =>
  (await checkSource({ file, text: others + USE })).bounds;

describe("a function of the table that the file defines anew and calls is a bound", () => {
  test.each([
    ["a macro", "#define spin_unlock(x) do { (void)(x); } while (0)\n", "spin_unlock"],
    ["a macro without parameters", "#define spin_unlock box_drop\n", "spin_unlock"],
    ["a function", "static void spin_lock(spinlock_t *l)\n{\n}\n", "spin_lock"],
    [
      "an inline function",
      "static inline int\nspin_unlock(spinlock_t *l)\n{\n\treturn 0;\n}\n",
      "spin_unlock",
    ],
  ])("%s", async (_, others, name) => {
    expect(await boundsOf(others)).toContain(
      `f.c:1: ${name}() is defined here: its calls are judged as the table describes it`,
    );
  });

  test.each([
    ["one that nothing calls", "static void mutex_unlock(struct mutex *m)\n{\n}\n"],
    [
      "one that calls itself alone",
      "#undef mutex_unlock\nvoid mutex_unlock(struct mutex *m)\n{\n\tmutex_unlock(m);\n}\n",
    ],
    ["a name that is taken back", "#undef spin_unlock\n"],
    [
      "a function that the table lacks",
      "static void box_note(struct box *b)\n{\n}\n#define box_use(b) box_note(b)\n",
    ],
    ["a prototype", "void spin_unlock(spinlock_t *l);\n"],
  ])("%s is none", async (_, others) => {
    expect((await boundsOf(others)).filter((each) => each.includes("defined here"))).toEqual([]);
  });

  test("nor is the definition that the table's row cites", async () => {
    const text =
      "void mutex_lock(struct mutex *m)\n{\n}\nvoid g(struct box *b)\n{\n\tmutex_lock(&b->m);\n\tmutex_unlock(&b->m);\n}\n";
    const of = async (file: string) =>
      (await checkSource({ file, text })).bounds.filter((each) => each.includes("defined here"));
    expect(await of("kernel/locking/mutex.c")).toEqual([]);
    expect(await of("drivers/box/box.c")).toHaveLength(1);
  });
});
