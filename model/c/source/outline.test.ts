import { describe, expect, test } from "vitest";
import { Outline } from "./outline.ts";

const TEXT = `#include "box.h"
#define TAKE(b)	\\
	spin_lock(&(b)->lock)

int declared(struct box *b);
int declared_on_two_lines(struct box *b,
			  int x);

static int
helper(struct box *b)
{
	TAKE(b);
	return again (b);
}

static inline void on_one_line(struct box *b) { b->n++; }

int __init with_macro(struct box *b)
{
	if (b) {
		helper(b);
	}
}

static void again(struct box *b)
{
	again(b);
	on_one_line(b);
}
`;

describe("the functions of a text", () => {
  const outline = new Outline(TEXT);

  test.each([
    ["declared", false, undefined],
    ["declared_on_two_lines", false, undefined],
    ["helper", true, true],
    ["on_one_line", true, true],
    ["with_macro", true, false],
    ["TAKE", false, undefined],
    ["constructor", false, undefined],
  ])("%s: defined %s, static %s", (name, isDefined, isStatic) => {
    expect(outline.defines(name)).toBe(isDefined);
    if (isStatic !== undefined) expect(outline.defines(name, isStatic)).toBe(true);
    if (isStatic !== undefined) expect(outline.defines(name, !isStatic)).toBe(false);
  });

  test("what one calls, itself left out", () => {
    expect(outline.callsOf("helper")).toEqual(["TAKE", "again"]);
    expect(outline.callsOf("again")).toEqual(["on_one_line"]);
    expect(outline.callsOf("printk")).toBeUndefined();
  });

  test("what some lead to, as far as it is wanted", () => {
    expect(outline.reached(["with_macro", "printk"], () => true)).toEqual([
      ...["with_macro", "helper", "again", "on_one_line"],
    ]);
    expect(outline.reached(["with_macro"], (name) => name !== "again")).toEqual(["with_macro", "helper"]);
  });

  test("an excerpt keeps directives, and each line where it is", () => {
    const lines = outline.excerpt(["again"]).split("\n");
    const all = TEXT.split("\n");
    expect(lines.map((line, at) => line === "" || line === all[at])).not.toContain(false);
    expect(lines.filter((line) => line !== "")).toEqual([...all.slice(0, 3), ...all.slice(-6, -1)]);
  });

  test("a text without functions is empty", () => {
    expect([outline.isEmpty, new Outline("#define A(x)\nint a(int);\n").isEmpty]).toEqual([false, true]);
  });
});

test("damaged text ends", () => {
  const bad = [
    `${"a".repeat(300_000)}`,
    `f(${"a\nf(".repeat(50_000)}`,
    `f()\n{${"{".repeat(100_000)}`,
    "\n".repeat(300_000),
  ];
  for (const text of bad) {
    const outline = new Outline(text);
    expect([...outline.names].flatMap((name) => outline.callsOf(name) ?? [])).toEqual([]);
  }
});
