import { expect, test } from "vitest";
import { expandMacros } from "./expand.ts";
import { macrosIn } from "./macros.ts";

function expanded(text: string, ...defines: readonly string[]): string {
  const macros = macrosIn(defines.map((each) => `#define ${each}\n`).join(""));
  const result = expandMacros(text, (name) => macros.find((each) => each.name === name)).text;
  return result
    .replace(/\s+/g, " ")
    .replace(/ ?(\W) ?/g, "$1")
    .trim();
}

test.each<[string, string, string, ...string[]]>([
  ["a macro without arguments", "TAKE(&b->m);", "mutex_lock(&b->m);", "TAKE mutex_lock"],
  ["one with arguments", "LOCK(p);", "spin_lock(&(p)->l);", "LOCK(p) spin_lock(&(p)->l)"],
  ["one of several lines", "DO(x);", "do{f(x);g();}while(0);", "DO(a) do { f(a); \\\n g(); } while (0)"],
  ["macros within macros and arguments", "A(B(1));", "f(g(1)+g(2));", "A(x) f(x + B(2))", "B(x) g(x)"],
  ["not within themselves", "f(1);", "f(f(1));", "f(x) f(f(x))"],
  ["pasted names", "OP(lock, x);", "spin_lock(x);", "OP(op, x) spin_##op(x)"],
  ["strings", 'S(a + b, "LOCK");', 'f("a b","LOCK");', "S(a, b) f(#a, b)", "LOCK x"],
  ["the rest by a name", "P(1); P(1, 2, 3);", 'f("x");f("x",2,3);', 'P(n, rest...) f("x", ## rest)'],
  ["the rest of the arguments", "P(1); P(1, 2, 3);", 'f("x");f("x",2,3);', 'P(n, ...) f("x", ##__VA_ARGS__)'],
  ["commas in parentheses and braces of an argument", "A(f(1, 2), {x;});", "f(1,2)|{x;};", "A(a, b) a | b"],
  ["a name alone, where arguments are wanted", "x = LOCK; LOCK (y);", "x=LOCK;f(y);", "LOCK(p) f(p)"],
  ["no arguments", "ONE();", "f();", "ONE() f()"],
  ["nothing", "NONE(x);", ";", "NONE(x)"],
])("%s", (_, text, result, ...defines) => {
  expect(expanded(text, ...defines)).toBe(result);
});

test("what a macro stands for comes from its use", () => {
  const [macro] = macrosIn("#define LOCK(p) do { f(p); } while (0)\n");
  const text = "a; LOCK(x); b;";
  const { text: result, originOf } = expandMacros(text, (name) => (name === "LOCK" ? macro : undefined));
  expect(originOf(result.indexOf("f("))).toBe(text.indexOf("LOCK"));
  expect(originOf(result.indexOf("b;"))).toBe(text.indexOf("b;"));
  expect(originOf(0)).toBe(0);
});

test("a definition beyond all measure is refused", () => {
  const grows = Array.from({ length: 40 }, (_, at) => `#define M${at}(x) M${at + 1}(x) + M${at + 1}(x)\n`);
  const macros = new Map(macrosIn(grows.join("")).map((each) => [each.name, each]));
  expect(() => expandMacros("M0(1);", (name) => macros.get(name))).toThrow(/longer than|too long|characters/);
});
