import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blankOpaque, scanFunctions } from "../../model/c/source/index.ts";
import type { Definition } from "./facts.ts";
import { factsOf } from "./scan.ts";

const definitions = (text: string): readonly Definition[] => factsOf("a.c", text).definitions;
/** Each definition as its kind, its name, and what it calls. */
const brief = (text: string) =>
  definitions(text).map(({ kind, name, calls }) => [kind, name, ...calls].join(" "));
const handlers = (text: string) =>
  factsOf("a.c", text).handlers.map((each) => `${each.place} = ${each.function}`);

describe("functions", () => {
  const TEXT = [
    "/* box_lock(b) { */",
    "static inline struct box *box_get(struct box *b, int (*how)(int, int),",
    "\t\t\t\t  const char *name)",
    "\t__acquires(&b->lock)",
    "{",
    '\tpr_info("put(it) }");',
    "\tb->ops->open(b);",
    "\tif (sizeof(x)) return how(name[0]);",
    "\treturn lookup(b, lookup(b, 0));",
    "}",
    "",
  ].join("\n");

  test("have parameters, annotations, and calls without what is said in comments and strings", () => {
    expect(definitions(TEXT)).toMatchObject([
      {
        kind: "function",
        name: "box_get",
        isStatic: true,
        parameters: ["struct box *b", "int (*how)(int, int)", "const char *name"],
        annotations: ["__acquires(&b->lock)"],
        calls: ["pr_info", ".open", "how", "lookup"],
        condition: "",
      },
    ]);
  });

  test("stand where the text has them", () => {
    const [{ from, body, to } = { from: 0, body: 0, to: 0 }] = definitions(TEXT);
    expect(TEXT.slice(from, from + 13)).toBe("static inline");
    expect(TEXT[body]).toBe("{");
    expect(TEXT.slice(to - 1)).toBe("}\n");
  });

  test.each([
    ["a name in parentheses", "void (f)(int a)\n{\n\tx();\n}\n", "function f x"],
    ["a head by a macro", "SYSCALL_DEFINE2(open, int, a, int, b)\n{\n\tx();\n}\n", "function sys_open x"],
    ["a pointer returned to a function", "static void (*get(int a))(void)\n{\n\tx();\n}\n", "function get x"],
    [
      "a macro without a semicolon before it",
      'MODULE_LICENSE("GPL")\nint f(void)\n{\n\tx();\n}\n',
      "function f x",
    ],
    [
      "a macro with an assignment before it",
      "GUARD(a,\n\tT->x = y())\n#define A 1\nint f(void)\n{\n\tx();\n}\n",
      "function f x",
    ],
    [
      "a block for another language",
      '#ifdef X\nextern "C" {\n#endif\nint f(void)\n{\n\tx();\n}\n#ifdef X\n}\n#endif\n',
      "function f x",
    ],
  ])("by %s", (_, text, expected) => {
    expect(brief(text)).toEqual([expected]);
  });

  test("know which arm of an #if they stand in, but for a header's guard", () => {
    const inline = (call: string) => `static inline void f(void)\n{\n\t${call}();\n}\n`;
    const text = `#ifndef BOX_H\n#define BOX_H\n#ifdef CONFIG_A\n${inline("a")}#elif B > 1\n${inline("b")}#else\n${inline("c")}#endif\n#if 0\n${inline("d")}#endif\n#endif\n`;
    expect(definitions(text).map(({ condition, calls }) => `${condition}: ${calls.join()}`)).toEqual([
      "defined(CONFIG_A): a",
      "!(defined(CONFIG_A)) && B > 1: b",
      "!(defined(CONFIG_A)) && !(B > 1): c",
    ]);
  });

  test("are found where arms of an #if open or close their blocks", () => {
    const heads =
      "#ifdef A\nint f(int a)\n{\n#else\nint g(int b)\n{\n#endif\n\tx();\n}\nint h(void)\n{\n\ty();\n}\n";
    expect(brief(heads)).toEqual(["function f x", "function g x", "function h y"]);
    const loops =
      "int f(int a)\n{\n#ifdef A\n\tif (a) {\n#else\n\twhile (a) {\n#endif\n\t\tx();\n\t}\n}\nint g(void)\n{\n\ty();\n}\n";
    expect(brief(loops)).toEqual(["function f x", "function g y"]);
  });
});

describe("macros", () => {
  test.each([
    ["#define take(b) \\\n\tspin_lock(&(b)->lock)\n", ["macro take spin_lock"]],
    ["#define take other_take\n", ["object-macro take other_take"]],
    ["#define TAKE (lock(), 1)\n", ["object-macro TAKE lock"]],
    ['#define SIZE 12\n#define NAME "x(y)"\n#define MASK (0x3 << 2)\n#define EMPTY\n', []],
  ])("%j", (text, expected) => {
    expect(brief(text)).toEqual(expected);
  });
});

test("types, one within another", () => {
  const text =
    "struct box {\n\tunion slot {\n\t\tint a;\n\t} slot;\n\tint (*open)(struct box *b);\n};\nstruct box *b;\n";
  expect(brief(text)).toEqual(["union slot", "struct box"]);
});

describe("what pointers are set to", () => {
  test.each([
    [
      "an initialiser",
      "static const struct ops o = {\n\t.open = box_open,\n\t.n = 3,\n\t.release\t= &box_put\n};\n",
    ],
    [
      "an assignment",
      "void f(struct box *b)\n{\n\tb->open = box_open;\n\tb->n = n + 1;\n\tb->ops.release = &box_put;\n\tif (b->n == n)\n\t\tx();\n}\n",
    ],
  ])("by %s", (_, text) => {
    expect(handlers(text)).toEqual([".open = box_open", ".release = box_put"]);
  });

  test("by the argument of a call: functions of the file, and what is registered", () => {
    const text = [
      "static void tick(struct timer_list *t);",
      "void f(struct box *b)\n{\n\tkeep(b, &tick, other);\n\ttimer_setup(&b->timer, tock, 0);\n\tuse(tick(b), b->tick);\n}\n",
      "DECLARE_WORK(work, run);\n",
    ].join("\n");
    expect(handlers(text)).toEqual(["keep/1 = tick", "timer_setup/1 = tock", "DECLARE_WORK/1 = run"]);
  });
});

test("includes as they are written", () => {
  const text = '#include <linux/a.h>\n# include "b.h" /* c */\n#include C\n';
  expect(factsOf("a.c", text).includes).toEqual(["<linux/a.h>", '"b.h"']);
});

test.each([
  ["cut off", 'int f(void)\n{\n\tx("\n'],
  ["a directive at the end", "#if X\n#define A(\\"],
  ["nothing but closing", "}}}))#endif\n#else\n"],
  ["a comment that goes on", "int f(void) { x(); } /* "],
])("a text that is damaged is read to its end: %s", (_, text) => {
  expect(() => factsOf("a.c", text)).not.toThrow();
});

test.each([
  ["#ifs within each other", "#if X\n".repeat(100_000)],
  ["#ifs and types", "#if X\nstruct a {\n#else\n".repeat(30_000)],
  ["#elifs", `#if X\n${"#elif Y\n".repeat(80_000)}`],
  ["macros that are not closed", "#define A(\n".repeat(60_000)],
  ["a macro of spaces", `#define A(b) ${" ".repeat(700_000)}x`],
  ["a macro of members", `#define A(b) ${"b . ".repeat(200_000)}`],
  ["annotations that are not closed", `int f(void) ${"__acquires(".repeat(60_000)} {\n}\n`],
  ["a head that never ends", `int ${"f(a) ".repeat(140_000)} {\n}\n`],
  ["blocks", "struct a {".repeat(70_000)],
  ["parentheses", "f(".repeat(300_000)],
  ["quotes", "'\"".repeat(300_000)],
  ["equals", "a.b =".repeat(140_000)],
])("a text that was made to take long does not: %s", (_, text) => {
  expect(() => factsOf("a.c", text)).not.toThrow();
});

test("it finds the functions that the reader of whole texts finds", () => {
  const folder = join(import.meta.dirname, "../../functions/fixtures");
  const files = readdirSync(folder).filter((name) => name.endsWith(".c"));
  expect(files.length).toBeGreaterThan(10);
  for (const name of files) {
    const text = readFileSync(join(folder, name), "latin1");
    const found = definitions(text).filter(({ kind }) => kind === "function");
    const expected = scanFunctions(blankOpaque(text));
    const place = ({ name: function_, body, to }: Definition) => `${name}: ${function_} ${body} ${to}`;
    expect(found.map(place).sort()).toEqual(
      expected.map((each) => `${name}: ${each.name} ${each.bodyStart} ${each.bodyEnd}`).sort(),
    );
  }
});
