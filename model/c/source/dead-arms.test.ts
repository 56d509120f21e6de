import { expect, test } from "vitest";
import { withoutDeadArms } from "./dead-arms.ts";
import { readUnit } from "./unit.ts";

const kept = (text: string) =>
  withoutDeadArms(text)
    .split("\n")
    .filter((line) => /^\w/.test(line));

test("what a text leaves out itself is blank, at the same length", () => {
  const text = "a\n#if 0\nb\n#if X\nc\n#endif\nd\n#else\ne\n#endif\nf\n";
  expect(kept(text)).toEqual(["a", "e", "f"]);
  expect(withoutDeadArms(text)).toHaveLength(text.length);
});

test("behind an arm that is taken there is no other", () => {
  expect(kept("#if 1\na\n#elif X\nb\n#else\nc\n#endif\nd\n")).toEqual(["a", "d"]);
});

test.each([
  ["#define X\n#ifndef X\na\n#else\nb\n#endif\n", ["b"]],
  ["#define X 0\n#ifdef X\na\n#else\nb\n#endif\n", ["a"]],
  ["#define X\n#if !defined(X)\na\n#endif\n", []],
])("a name that the text defines is defined: %j", (text, rest) => {
  expect(kept(text)).toEqual(rest);
});

test.each([
  ["defined below", "#ifndef X\na\n#endif\n#define X\n"],
  ["defined in an arm", "#ifdef Y\n#define X\n#endif\n#ifndef X\na\n#endif\n"],
  ["taken back somewhere", "#define X\n#undef X\n#ifndef X\na\n#endif\n"],
  ["asked for by its value", "#define X 1\n#if X > 1\na\n#endif\n"],
  ["a condition that is not closed", "#if 0\na\n"],
  ["a fragment, which may lack lines", "#if 0\n__holdfast_gap();\n#endif\na\n#endif\n"],
])("nothing is left out where the text does not tell: %s", (_, text) => {
  expect(kept(text)).toContain("a");
});

test("a function that is left out is none of the unit", () => {
  const unit = readUnit("#if 0\nvoid f(void)\n{\n}\n#endif\nvoid g(void)\n{\n}\n");
  expect(unit.functions.map(({ name }) => name)).toEqual(["g"]);
});
