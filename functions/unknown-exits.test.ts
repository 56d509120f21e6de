import { describe, expect, test } from "vitest";
import { checkSource } from "./check.ts";

/** The callees with unknown effects in a source of one function `f` behind `others`, and its verdict's bounds. */
async function unknownIn(body: readonly string[], others = "") {
  const text = `${others}static int f(struct box *b, int (*fn)(void *))\n{\n${body.join("\n")}\n\treturn 0;\n}\n`;
  const { unknownLocks = [], bounds, assumed } = await checkSource({ file: "f.c", text });
  return { callees: unknownLocks.map(({ callee }) => callee), bounds, assumed };
}

describe("a macro that may leave the function, and is not in sight", () => {
  const body = [
    "spin_lock(&b->l);",
    "if (b->n) {",
    "spin_unlock(&b->l);",
    "RETURN(1);",
    "}",
    "spin_unlock(&b->l);",
  ];

  test("is a bound where the function locks, and nothing is claimed of what is behind it", async () => {
    const { bounds, callees } = await unknownIn(body);
    expect(bounds).toEqual(["f.c:6: f(): RETURN may leave the function, and is defined nowhere in sight"]);
    expect(callees).toEqual(["RETURN"]);
    const text = `int f(struct box *b)\n{\n${body.join("\n")}\nBAIL;\n}\n`;
    const { findings, unknownLocks } = await checkSource({ file: "f.c", text }, { audit: true });
    expect(findings).toEqual([]);
    expect(unknownLocks).toMatchObject([{ callee: "RETURN" }, { callee: "BAIL" }]);
  });

  test.each([
    ["without a lock", ["b->n++;", "RETURN(1);"], ""],
    ["whose definition is in sight", body, "#define RETURN(x) return (x)\n"],
    ["that is a value", ["spin_lock(&b->l);", "b->n = BOX_RETURN(1);", "spin_unlock(&b->l);"], ""],
  ])("is none %s", async (_, lines, others) => {
    expect((await unknownIn(lines, others)).bounds).toEqual([]);
  });
});

test.each([
  ["a task that ends", "do_exit(0);", "do_exit"],
  ["a kernel thread that ends", "kthread_complete_and_exit(&b->done, 0);", "kthread_complete_and_exit"],
  ["a long jump", "longjmp(b->env, 1);", "longjmp"],
  ["a function that never returns", "die();", "die"],
])("%s behind a lock is a bound, and none without", async (_, end, callee) => {
  const others = "void __noreturn die(void);\n";
  const [lock, unlock] = ["mutex_lock(&b->m);", "mutex_unlock(&b->m);"];
  const { bounds } = await unknownIn([lock, "if (b->n)", end, unlock], others);
  expect(bounds).toEqual([
    `f.c:6: f(): ${callee}() does not come back, and whether a lock is held there is not judged`,
  ]);
  expect((await unknownIn([lock, unlock, "if (b->n)", end], others)).bounds).toEqual([]);
});

test.each([
  ["a source", 'int x;\n#include "other.c"\n'],
  ["a table", "int x;\n#include <generated/other.inc>\n"],
  ["a header in the middle of a function", 'int f(void)\n{\n#include "middle.h"\n\treturn 0;\n}\n'],
])("%s that is included was not read", async (_, text) => {
  const { bounds } = await checkSource({ file: "f.c", text: `#include "own.h"\n${text}` });
  expect(bounds).toEqual([expect.stringMatching(/^f\.c:\d: what is included here was not read$/)]);
});

test("where a function is asked for, only what is included within it counts", async () => {
  const text =
    'int f(void)\n{\n#include "middle.h"\n\treturn 0;\n}\n#include "other.c"\nint g(void)\n{\n\treturn 0;\n}\n';
  const boundsOf = async (...functions: readonly string[]) =>
    (await checkSource({ file: "f.c", text }, { functions })).bounds;
  expect(await boundsOf("f")).toEqual(["f.c:3: what is included here was not read"]);
  expect(await boundsOf("g")).toEqual([]);
});
