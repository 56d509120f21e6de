import { describe, expect, test } from "vitest";
import { blankOpaque } from "./text.ts";
import { bodyOf, readUnit } from "./unit.ts";

/** Name, parameters and body of each function, without white space. */
const read = (text: string) => {
  const { functions, text: plain } = readUnit(text);
  return functions.map((each) => [
    each.name,
    each.parameters.join(),
    bodyOf(plain, each).replace(/\s+/g, ""),
  ]);
};
const gaps = (text: string) =>
  readUnit(text).gaps.map(({ what, from, to }) => [what, text.slice(from, to).replace(/\s+/g, " ").trim()]);

describe("heads in the arms of an #if", () => {
  test("of one name are one function", () => {
    expect(read("#ifdef A\nint f(int a)\n#else\nint f(void)\n#endif\n{\n\tx();\n}\n")).toEqual([
      ["f", "a", "{x();}"],
    ]);
  });

  test("of several names are several functions", () => {
    expect(read("#ifdef A\nint f(int a)\n#else\nint g(int b)\n#endif\n{\n\tx();\n}\n")).toEqual([
      ["f", "a", "{x();}"],
      ["g", "b", "{x();}"],
    ]);
  });

  test("may be followed by what all have, and begin with it", () => {
    const text = "static int\n#ifdef A\nf(int a)\n#elif defined(B)\ng(int b)\n#endif\n__acquires(l)\n{\n}\n";
    expect(read(text)).toEqual([
      ["f", "a", "{}"],
      ["g", "b", "{}"],
    ]);
  });

  test("may have parameters of their own", () => {
    expect(read("int f(int a\n#ifdef A\n\t, int b\n#endif\n\t, int c)\n{\n}\n")).toEqual([
      ["f", "a,b,c", "{}"],
    ]);
  });

  test("may each open the block", () => {
    const text =
      "#ifdef A\nint f(int a)\n{\n\tone();\n#else\nint g(void)\n{\n\ttwo();\n#endif\n\tboth();\n}\nint h(void)\n{\n}\n";
    expect(read(text)).toEqual([
      ["f", "a", "{one();both();}"],
      ["g", "void", "{two();#endifboth();}"],
      ["h", "void", "{}"],
    ]);
  });

  test("may open it in one arm, with whole functions in the other", () => {
    const text = "#ifdef A\nint f(void)\n{\n#else\nint g(void)\n{\n}\n#endif\n\tboth();\n}\n";
    expect(read(text)).toEqual([
      ["g", "void", "{}"],
      ["f", "void", "{both();}"],
    ]);
  });

  test("behind an attribute of one arm are whole by themselves", () => {
    expect(read("EXPORT_SYMBOL(e)\n#ifdef A\nstatic\n#endif\nint f(int a)\n{\n}\n")).toEqual([
      ["f", "a", "{}"],
    ]);
  });
});

test("a block that each arm of an #if closes ends with the #if", () => {
  const text = "int f(void)\n{\n\ta();\n#ifdef A\n\tb();\n}\n#else\n\tc();\n}\n#endif\nint g(void)\n{\n}\n";
  expect(read(text)).toEqual([
    ["f", "void", "{a();#ifdefAb();}#elsec();}"],
    ["g", "void", "{}"],
  ]);
});

test("a name may stand in parentheses, where it is defined and where it is called", () => {
  const text = "int (f)(struct box *b)\n{\n\t(g)(b);\n\t(*h)(b);\n\treturn ((i))(b);\n}\n";
  const [only] = readUnit(text).functions;
  expect(only).toMatchObject({ name: "f", parameters: ["b"] });
  expect([...(only?.calls ?? [])].filter((name) => name !== "return")).toEqual(["g", "h", "i"]);
});

test("what is extern C is read", () => {
  const text = '#ifdef __cplusplus\nextern "C" {\n#endif\nint f(void)\n{\n}\n#ifdef __cplusplus\n}\n#endif\n';
  expect([read(text), gaps(text)]).toEqual([[["f", "void", "{}"]], []]);
});

describe("gaps", () => {
  test.each([
    ["a type", "struct box {\n\tvoid (*f)(int);\n};\n"],
    ["a value", "static struct ops o = {\n\t.f = f,\n};\n"],
    ["an #if without a function", "#ifdef A\nint a;\n#else\nint b;\n#endif\n"],
  ])("%s is none", (_, text) => expect(gaps(text)).toEqual([]));

  test("a block whose head is not understood", () => {
    expect(gaps("int f(a) int a;\n{\n\tx();\n}\n")).toEqual([["head", "{ x(); }"]]);
  });

  test("a brace too many, with what stands before it", () => {
    const text = "int f(void)\n{\n\tif (a) {\n\t}\n\t}\n\tx();\n}\nint g(void)\n{\n}\n";
    expect(gaps(text)).toEqual([["braces", "x(); }"]]);
  });

  test("a brace too few: the next function is not hidden", () => {
    const text = "int f(void)\n{\n\tif (a) {\n\t\tx();\n}\nint g(void)\n{\n}\n";
    expect(read(text).map(([name]) => name)).toEqual(["f", "g"]);
    expect(gaps(text)).toEqual([["braces", "int f(void) { if (a) { x(); }"]]);
  });

  test("a function without an end: the next is not hidden, even where a brace too many stands further down", () => {
    const text = "int f(void)\n{\n\tx();\n\nint g(void)\n{\n}\n\nint h(void)\n{\n}\n}\n";
    expect(read(text).map(([name]) => name)).toEqual(["f", "g", "h"]);
    expect(gaps(text).map(([what]) => what)).toEqual(["braces", "braces"]);
  });

  test("a block without an end", () => {
    expect(gaps("int f(void)\n{\n\tx();\n")).toEqual([["block", "int f(void) { x();"]]);
  });

  test("values with braces in column 0 are no functions", () => {
    const text = "static const struct p t[] =\n{\n{ 1, 2 },\n{ 3, 4 },\n};\nint g(void)\n{\n}\n";
    expect([read(text).length, gaps(text)]).toEqual([1, []]);
  });
});

test("digraphs, and lines that end as others do", () => {
  expect(read("int f(void) <% int a<:2:>; %>\n")).toEqual([["f", "void", "{inta[2];}"]]);
  const text =
    '#define A /* one\\\r\n two */ x\\\r\n\ty\r\nchar *s = "a\\\r\n{";\r\n// b \\\r\n{ c\r\nint f(void)\r\n{\r\n}\r\n';
  expect(read(text)).toEqual([["f", "void", "{}"]]);
  expect(blankOpaque(text)).toHaveLength(text.length);
});
