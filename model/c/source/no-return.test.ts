import { expect, test } from "vitest";
import { readUnit } from "./unit.ts";

test.each<[string, string, string[]]>([
  ["a declaration", "void __noreturn die(const char *why);", ["die"]],
  ["an attribute behind it", "static void die(int a) __attribute__((noreturn));", ["die"]],
  ["a body that ends in such a call", "void die(int a)\n{\n\tshow(a);\n\tpanic(why);\n}\n", ["die"]],
  [
    "a body that ends in one of the file",
    "void a(void)\n{\n\tpanic(x);\n}\nvoid b(void)\n{\n\ta();\n}\n",
    ["a", "b"],
  ],
  ["a call that is not always made", "void f(int a)\n{\n\tif (a)\n\t\tpanic(x);\n}\n", []],
  ["a call in a block", "void f(int a)\n{\n\tif (a) {\n\t\tpanic(x);\n\t}\n}\n", []],
  ["a return before it", "void f(int a)\n{\n\tif (a)\n\t\treturn;\n\tpanic(x);\n}\n", []],
  [
    "a definition that does, and one that does not",
    "void f(int a)\n{\n\tg(a);\n}\nvoid f(int a)\n{\n\tpanic(x);\n}\n",
    [],
  ],
  ["a body that says otherwise", "void __noreturn f(int a)\n{\n\tif (a)\n\t\treturn;\n\tpanic(x);\n}\n", []],
])("%s", (_, text, names) => {
  expect([...readUnit(text).neverReturning]).toEqual(names);
});
