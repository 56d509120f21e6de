import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { KERNEL_SOURCE_MISSING, kernelSource } from "../../../../testing/kernel-source.ts";
import { readConditionals } from "../../source/conditional.ts";
import { normalise } from "../../source/normalise.ts";
import { readUnit } from "../../source/unit.ts";
import { loadParser } from "../grammar.ts";
import { parseByGrammar, parseByHand } from "../index.ts";

const parser = await loadParser();
const tree = kernelSource();

/** How many bodies of the text are read by hand, and those among them that the grammar reads otherwise. */
function compare(text: string) {
  const unit = readUnit(text);
  const different: string[] = [];
  let [plain, all] = [0, 0];
  for (const { name, bodyStart, bodyEnd } of unit.functions) {
    for (const reading of readConditionals(unit.text.slice(bodyStart, bodyEnd)).readings) {
      const body = normalise(reading.text);
      const statements = parseByHand(body.text, bodyStart, body.macros);
      all++;
      if (!statements) continue;
      plain++;
      const other = parseByGrammar(parser, body, bodyStart);
      if (JSON.stringify(sorted(statements)) !== JSON.stringify(sorted(other))) different.push(name);
    }
  }
  return { plain, all, different };
}

/** With the keys of all objects in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]));
}

test.each([
  "x = a ? b : c ? d : e;",
  "x = a ?: b;",
  "if (a && b || !c == d & e) f(); else if (g) { } else ;",
  "x = y = -1 - -z + ~w;",
  "p = (struct box *)q->r[i++].s; *p++ = 0; --*p; (*p)++;",
  "x = !y++;",
  "struct box b = { .a = 1, [2] = { f(x) } }, *c, d[4] = { };",
  'unsigned long flags; const char *s = "  " PRIu64 "  "; u64 v = (u64)w * 2;',
  "for (i = 0, j = 1; i < n; i++, j--) continue;\nfor (;;) break;",
  "for (int i = 0; i < n; i += sizeof(*p)) { }",
  "switch (x) { case A: case B: f(); break; default: goto out; } out: g();",
  "do { f(); } while (0); while (x) y();",
  "x = ({ int z = f(); z; }); (void)g(); h(({ 1; }));",
  "list_for_each_entry(p, &q, r) { f(p); }",
  "return a, b;",
  "a * b; a *c = d; box_t e, *f;",
  "f((struct box){ .a = 1 }, 'c', L1, 0x1fUL);",
  "int        x = y;",
])("%s is read as by the grammar", (statement) => {
  const text = `int f(void)\n{\n${statement}\n}\n`;
  expect(compare(text)).toEqual({ plain: 1, all: 1, different: [] });
});

test.each(
  [
    "x = (a) - 1;",
    "x = (a)(b);",
    "struct box { int x; } b;",
    "int (*f)(void);",
    "x = ;",
    "f(x",
    "out: }",
    "f(int);",
    "x = @;",
    "DECLARE(x) y;",
    "if (x) case 1: f();",
    "x = offsetof(a, b);",
    "x = __alignof__(a);",
    "x = sizeof(a)-1;",
    "f(g(a * sizeof(struct box), b));",
    'x = "',
    `${"(".repeat(5000)}x${")".repeat(5000)};`,
    `${"if (x) ".repeat(5000)};`,
    `x = ${"a, ".repeat(50_000)}b;`,
  ].map((each) => [each.slice(0, 40), each] as const),
)("%s is left to the grammar", (_, statement) => {
  expect(parseByHand(`{ ${statement} }`, 0, new Map())).toBeUndefined();
});

test("fixtures are read as by the grammar", () => {
  const folder = new URL("../../../../functions/fixtures/", import.meta.url);
  const results = readdirSync(folder)
    .filter((name) => name.endsWith(".c"))
    .map((name) => compare(readFileSync(new URL(name, folder), "utf8")));
  expect(results.length).toBeGreaterThan(5);
  expect(results.flatMap(({ different }) => different)).toEqual([]);
});

test.skipIf(!tree)(
  `the functions of mm/ are read as by the grammar, nearly all of them by hand (${KERNEL_SOURCE_MISSING})`,
  () => {
    const folder = join(tree ?? "", "mm");
    const files = readdirSync(folder).filter((name) => name.endsWith(".c"));
    const results = files.map((name) => compare(readFileSync(join(folder, name), "utf8")));
    const total = (of: "plain" | "all") => results.reduce((sum, each) => sum + each[of], 0);
    expect(results.flatMap(({ different }) => different)).toEqual([]);
    expect(total("plain")).toBeGreaterThan(total("all") * 0.97);
  },
  180_000,
);
