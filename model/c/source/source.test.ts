import { expect, test } from "vitest";
import { readConditionals } from "./conditional.ts";
import { normalise } from "./normalise.ts";
import { scanFunctions } from "./scan.ts";
import { blankOpaque, linesOf } from "./text.ts";
import { readUnit } from "./unit.ts";

const names = (text: string): readonly string[] => scanFunctions(blankOpaque(text)).map(({ name }) => name);

test("functions are found, whatever else has braces", () => {
  const text = `
struct box { int count; };
static const struct ops ops = { .open = box_open };
#define EACH(x) do { x; } while (0)
static int __must_check box_open(struct box *box)
	__acquires(&box->lock)
{ /* { */ char c = '{'; return c; }
SYSCALL_DEFINE2(box, int, a, int, b)
{
}
void (*box_handler(int a))(int)
{
}
`;
  expect(names(text)).toEqual(["box_open", "sys_box", "box_handler"]);
});

test("braces in alternative arms count once", () => {
  const text = "int f(void)\n{\n#ifdef A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\t}\n}\nint g(void)\n{\n}\n";
  expect(names(text)).toEqual(["f", "g"]);
});

test("parameters are those of the head, not of its annotations", () => {
  const [only] = readUnit(
    "static void f(struct box *box, int (*)(void), char name[4])\n\t__releases(box)\n{\n}\n",
  ).functions;
  expect(only).toMatchObject({ annotated: true, head: "static void " });
  expect([only?.parameters[0], only?.parameters[2]]).toEqual(["box", "name"]);
});

test.each([
  ["a macro loop", "list_for_each_entry(box, &head, list) { }", "while              (box, &head, list) { }"],
  ["a guarded block", "scoped_guard(mutex, &m) { }", "while       (mutex, &m) { }"],
  ["a call that looks like a loop", "tick_for_each(x);", "tick_for_each(x);"],
  ["a case range", "case 1 ... 5: f();", "case 1 ?:  5: f();"],
  ["typeof", "typeof(*x) *y;", "int        *y;"],
  ["a type for an argument", "container_of(p, struct box, list)", "container_of(p, 0         , list)"],
])("%s is rewritten at the same length", (_, text, expected) => {
  expect(normalise(text).text).toBe(expected);
});

test("comments, and in strings all but words, are blanked in place; gap marks become calls", () => {
  const text = 'a; /* b */ "c{d" // e\n/* holdfast: gap */';
  const blanked = blankOpaque(text);
  expect(blanked).toHaveLength(text.length);
  expect(blanked).toMatch(/^a; {9}"c d" +\n/);
  expect(blanked).toContain("__holdfast_gap();");
});

test("lines are told from offsets", () => {
  const lines = linesOf("one\n\ttwo\n");
  expect([0, 3, 4, 8].map((at) => lines.lineAt(at))).toEqual([1, 1, 2, 2]);
  expect(lines.textOf(2)).toBe("two");
});

test("readings are consistent, and together take each arm", () => {
  const text = "#ifdef A\na();\n#else\nb();\n#endif\n#ifndef A\nc();\n#elif defined(B)\nd();\n#endif\n";
  const { readings, unread } = readConditionals(text);
  const calls = readings.map((each) => each.text.replace(/\s+/g, ""));
  expect(unread).toEqual([]);
  expect(new Set(calls.flatMap((each) => each.match(/\w\(\);/g) ?? []))).toEqual(
    new Set(["a();", "b();", "c();", "d();"]),
  );
  expect(calls.some((each) => each.includes("a();") && each.includes("c();"))).toBe(false);
});

test("an #if without an #else is also read without it", () => {
  const { readings, unread } = readConditionals("#ifdef A\nreturn;\n#endif\nb();\n");
  expect(unread).toEqual([]);
  expect(readings.map(({ text, given }) => [text.replace(/\s+/g, ""), given.join()])).toEqual([
    ["return;b();", "A"],
    ["b();", "!A"],
  ]);
});

test("an arm within an arm that is not taken is not read", () => {
  const text = "#ifndef A\na();\n#ifdef A\nb();\n#endif\n#if B && !C\nc();\n#endif\n#endif\n";
  const { readings, unread } = readConditionals(text);
  expect(readings.some((each) => each.text.includes("b();"))).toBe(false);
  expect(readings.some((each) => each.text.includes("c();"))).toBe(true);
  expect(unread.map((at) => text.slice(0, at).split("\n").length)).toEqual([3]);
});

test("#if 0 is no arm", () => {
  const { readings, unread } = readConditionals("#if 0\na();\n#endif\nb();\n");
  expect(unread).toEqual([]);
  expect(readings.map(({ text }) => text.trim())).toEqual(["b();"]);
});
