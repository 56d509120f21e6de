import { expect, test } from "vitest";
import { blankOpaque } from "./text.ts";

test.each([
  ["a name", "spin_un\\\nlock(&l);", "spin_unlock\n(&l);"],
  ["a name over three lines", "sp\\\nin_\\\r\nlock(&l);", "spin_lock\n\n(&l);"],
  ["an operator", "b-\\\n>n++;", "b->\nn++;"],
  ["white space behind the backslash", "un\\ \nlock(&l);", "unlock\n(&l);"],
  ["the ends of a comment", "/\\\n* lock(&l); *\\\n/ f();", "\n\n f();"],
  ["a literal", '"un\\\nlock"', '"unlock\n"'],
  ["a directive", "#define A un\\\nlock\nun\\\nlock();", "#define A unlock\\\n\nunlock\n();"],
  [
    "lines of a directive",
    "#define A \\\n\tb \\\n\tc\nd(); \\\ne();",
    "#define A \\\n\tb \\\n\tc\nd();\ne();",
  ],
])("%s that goes on in the next line is one, and the text keeps its length", (_, text, read) => {
  const blanked = blankOpaque(text);
  expect(blanked).toHaveLength(text.length);
  expect(blanked.replace(/[ \r]+(?=\n|$)|^[ ]+$/gm, "").replace(/^ +/gm, " ")).toBe(read);
});
