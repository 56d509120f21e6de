import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const f = (...body: readonly string[]) =>
  `void f(struct box *b, void (*fn)(struct box *))\n{\n${body.join("\n")}\n}\n`;
const under = (call: string) => f("spin_lock(&b->lock);", call, "spin_unlock(&b->lock);");

async function assumedIn(text: string): Promise<readonly string[]> {
  const { assumed } = await checkSource({ file: "f.c", text });
  return assumed.map(
    (each) => /(\w+\(\): \S+) does not sleep and leaves locks alone$/.exec(each)?.[1] ?? each,
  );
}

test.each([
  ["a member", under("b->ops->refill(b);"), "f(): b->ops->refill()"],
  ["a parameter", under("fn(b);"), "f(): fn()"],
  ["a variable", under("fn_t *go = b->fn; go(b);"), "f(): go()"],
  ["a variable with its type written out", under("void (*go)(struct box *) = b->fn; go(b);"), "f(): go()"],
  ["a variable of the file", `static void (*hook)(struct box *);\n${under("hook(b);")}`, "f(): hook()"],
  [
    "a macro that stands for a member",
    `#define FILL(x) (x)->ops->fill(x)\n${under("FILL(b);")}`,
    "f(): ((b)->ops->fill)()",
  ],
  [
    "a helper's",
    `static void inner(struct box *b)\n{\n\tb->fill(b);\n}\nstatic void outer(struct box *b)\n{\n\tinner(b);\n}\n${under("outer(b);")}`,
    "inner(): b->fill()",
  ],
  [
    "one before the lock in a loop",
    f("while (b->n) {", "b->fill(b);", "spin_lock(&b->lock);", "spin_unlock(&b->lock);", "}"),
    "f(): b->fill()",
  ],
  [
    "one before the release of what the function comes with",
    f("b->fill(b);", "spin_unlock(&b->lock);", "spin_lock(&b->lock);"),
    "f(): b->fill()",
  ],
  ["one where a lock is asserted", f("lockdep_assert_held(&b->lock);", "b->fill(b);"), "f(): b->fill()"],
])("that the callee leaves locks alone is assumed of %s", async (_, text, assumed) => {
  expect(await assumedIn(text)).toEqual([assumed]);
});

test.each([
  ["before any lock", f("b->fill(b);", "spin_lock(&b->lock);", "spin_unlock(&b->lock);")],
  ["that names a function of the file", `static void go(struct box *b)\n{\n}\n${under("go(b);")}`],
  ["that names one of another file", under("box_fill(b);")],
])("nothing is assumed of a call %s", async (_, text) => {
  expect(await assumedIn(text)).toEqual([]);
});
