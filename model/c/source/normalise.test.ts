import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../../testing/kernel-source.ts";
import { readConditionals } from "./conditional.ts";
import { normalise } from "./normalise.ts";
import { blankOpaque, linesOf } from "./text.ts";
import { readUnit } from "./unit.ts";

/** What the dialect's rules look for, and what could lead them astray. */
const TOKENS = [
  ..."(){}[];:,?*&+-=<>!.#\"'\\\n\t ",
  "...",
  "->",
  "/*",
  "*/",
  "//",
  "case",
  "while",
  "return",
  "sizeof",
  "typeof",
  "__typeof__",
  "__attribute__",
  "__free",
  "__user",
  "__auto_type",
  "__label__",
  "asm",
  "static",
  "struct box",
  "unsigned long",
  "container_of",
  "offsetof",
  "scoped_guard",
  "for_each_box",
  "list_for_each_entry",
  "DEFINE_BOX",
  "box",
  "1",
  "\n#if BOX\n",
  "\n#else\n",
  "\n#endif\n",
  "/* holdfast: gap */",
];
const soup = fc.array(fc.constantFrom(...TOKENS), { maxLength: 80 }).map((tokens) => tokens.join(" "));

/** Every text that is made of a source on its way to the parser. */
function rewritings(source: string): readonly string[] {
  const plain = blankOpaque(source);
  const readings = readConditionals(plain).readings.map(({ text }) => text);
  return [plain, ...readings, ...readings.map((text) => normalise(text).text)];
}

const lineBreaks = (text: string): readonly number[] => [...text.matchAll(/\n/g)].map(({ index }) => index);

test("whatever the text, rewriting it moves nothing", () => {
  fc.assert(
    fc.property(soup, (source) => {
      for (const text of rewritings(source)) {
        expect(text).toHaveLength(source.length);
        expect(lineBreaks(text)).toEqual(lineBreaks(source));
      }
    }),
    { numRuns: 2_000 },
  );
});

test("functions found in any text lie in it, one behind the other, with the lines they stand on", () => {
  fc.assert(
    fc.property(soup, (head) => {
      const source = `${head}\nint f(int a)\n{\n\tbox();\n}\n`;
      let end = 0;
      const { functions, gaps } = readUnit(source);
      for (const each of functions) {
        // Two heads that an #if chooses from may have one body.
        if (each.bodyEnd !== end) expect(each.start).toBeGreaterThanOrEqual(end);
        expect(each.bodyStart).toBeGreaterThanOrEqual(each.start);
        expect(source[each.bodyStart]).toBe("{");
        // Of a block that is not closed a part is read, and the rest is said not to be.
        if (gaps.length === 0) expect(source[each.bodyEnd - 1]).toBe("}");
        expect(linesOf(source).lineAt(each.start)).toBe(source.slice(0, each.start).split("\n").length);
        end = each.bodyEnd;
      }
    }),
    { numRuns: 1_000 },
  );
});

const root = kernelSource();

test.skipIf(!root).each(["madvise.c", "memory.c", "slub.c", "hugetlb.c"])(
  `what remains of mm/%s stands where it stood (${KERNEL_SOURCE_MISSING})`,
  (file) => {
    const source = readFileSync(join(root ?? "", "mm", file), "utf8");
    const unit = readUnit(source);
    expect(unit.text).toHaveLength(source.length);
    for (const { bodyStart, bodyEnd } of unit.functions) {
      const body = unit.text.slice(bodyStart, bodyEnd);
      const { text, macros } = normalise(body);
      expect(lineBreaks(text)).toEqual(lineBreaks(body));
      expect(text).toHaveLength(body.length);
      for (const [at, name] of macros) {
        expect(source.slice(bodyStart + at, bodyStart + at + name.length)).toBe(name);
      }
    }
  },
);

test.each([
  ["void (*notify)(struct box *, int);", "void (*notify)(                 );"],
  ["int (*ask)(struct box *, long) = b->ask;", "int (*ask)(                  ) = b->ask;"],
  ["return (*ask)(b, n);", "return (*ask)(b, n);"],
  ["(*b->ask)(b, n);", "(*b->ask)(b, n);"],
])("a pointer to a function is declared without what it takes: %s", (body, text) => {
  expect(normalise(body).text).toBe(text);
});

test("a constant of which a type is a part is read as one", () => {
  const read = (text: string) => normalise(text).text.replace(/\s+/g, " ");
  expect(read("{ f(b, offsetof(struct box, rows[0]) >= 3); }")).toBe("{ f(b, sizeof(0) >= 3); }");
  expect(read("{ n = offsetof(struct box, m.at(1)) + 1; }")).toBe("{ n = sizeof(0) + 1; }");
});
