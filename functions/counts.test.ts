import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const source = (...functions: readonly string[]) => ({ file: "f.c", text: `${functions.join("\n")}\n` });

const LOCKS = "static void f(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tspin_unlock(&b->lock);\n}\n";
const CALLS = "static void g(struct box *b)\n{\n\tf(b);\n\tbox ## @@ ] ;\n}\n";
const MISSED = "static void h(struct box *b)\n{\n\tbox @ spin_lock(&b->lock) @ ;\n}\n";

test("seen functions are modelled, skipped or capped, each once", async () => {
  for (const maxStates of [100_000, 2]) {
    const { functions } = await checkSource(source(LOCKS, CALLS, MISSED), { maxStates });
    const { seen, modelled, skipped, capped } = functions;
    expect(seen).toBe(modelled + skipped.length + capped.length);
    expect(seen).toBeGreaterThan(0);
  }
});

const many = Array.from({ length: 17 }, (_, at) => `\tif (b->c${at})\n\t\tspin_lock(&b->l${at});`).join("\n");
const again = Array.from({ length: 17 }, (_, at) => `\tif (b->c${at})\n\t\tspin_unlock(&b->l${at});`).join(
  "\n",
);

test("what is found with fewer facts is a hint, and says so", async () => {
  const wide = `static void wide(struct box *b)\n{\n\tspin_unlock(&b->x);\n\tspin_unlock(&b->x);\n${many}\n${again}\n}\n`;
  const { findings, functions } = await checkSource(source(wide), { audit: true });
  const double = findings.filter(({ rule, lock }) => rule === "double-unlock" && lock === "b->x");
  expect(functions.seen).toBe(1);
  expect(double.map(({ confidence }) => confidence)).toEqual(["audit"]);
  expect(double[0]?.message).toContain("fewer facts were kept");
});

/** So many flags, each asked for twice, that to know all of them makes too many states. */
function flagged(flags: number): string {
  const names = Array.from({ length: flags }, (_, at) => `c${at}`);
  const pairs = names.map(
    (name) => `\tif (${name})\n\t\tspin_lock(&b->l);\n\tif (${name})\n\t\tspin_unlock(&b->l);\n`,
  );
  const head = `static int flagged(struct box *b, ${names.map((name) => `bool ${name}`).join(", ")})`;
  const out = "\tif (b->dead)\n\t\treturn -EIO;\n\tmutex_unlock(&b->x);\n\treturn 0;\n";
  return `${head}\n{\n\tmutex_lock(&b->x);\n${pairs.join("")}${pairs.join("")}${out}}\n`;
}

test("so is a way out that keeps a lock, of a function that is searched with fewer facts", async () => {
  const keptIn = async (flags: number, audit: boolean) =>
    (await checkSource(source(flagged(flags)), { audit })).findings.filter(({ lock }) => lock === "b->x");
  expect(await keptIn(3, false)).toMatchObject([{ rule: "exit-imbalance", confidence: "hard" }]);
  expect(await keptIn(17, false)).toEqual([]);
  const hint = { rule: "exit-imbalance", confidence: "audit" };
  expect(await keptIn(17, true)).toMatchObject([
    { ...hint, message: expect.stringContaining("fewer facts were kept") },
  ]);
});

test("a call of a function that calls itself is a bound where locks are taken", async () => {
  const again =
    "static void r(struct box *b)\n{\n\tspin_lock(&b->lock);\n\tr(b->next);\n\tspin_unlock(&b->lock);\n}\n";
  const caller =
    "static void c(struct box *b)\n{\n\tspin_lock(&b->other);\n\tr(b);\n\tspin_unlock(&b->other);\n}\n";
  const { bounds } = await checkSource(source(again, caller));
  expect(bounds).toContain("f.c:11: c(): the effect of r() on locks is unknown");
});

test.each([
  ["a comment that is not closed", "int x;\n/* never closed\nint y;\n", "f.c:2: comment not closed"],
  ["a block that is not closed", "void f(void)\n{\n\tg();\n", "f.c:1: block not closed"],
  ["a brace too many", "void f(void)\n{\n\tg();\n}\n}\n", "f.c:5: braces do not balance"],
  [
    "a brace too few, in a function before others",
    "void f(void)\n{\n\tif (x) {\n\tg();\n}\n\nvoid h(void)\n{\n}\n",
    "f.c:5: braces do not balance",
  ],
  [
    "what is left over behind an else",
    "void f(struct box *b)\n{\n\tspin_lock(&b->l);\n\tif (b->n)\n\t\tb->n++;\n\telse\n\tqueue))\n\t\tg(b);\n}\n",
    "f.c:4: statement not understood",
  ],
  [
    "a type without its name",
    "void f(struct box *b)\n{\n\tspin_lock(&b->l);\n\tstruct ;\n\tspin_unlock(&b->l);\n}\n",
    "f.c:4: statement not understood",
  ],
  [
    "a number that runs into a word",
    "void f(struct box *b)\n{\n\tspin_lock(&b->l);\n\tb->n = g(b, 1ck);\n\tspin_unlock(&b->l);\n}\n",
    "f.c:4: statement not understood",
  ],
  [
    "a goto to nowhere",
    "void f(struct box *b)\n{\n\tspin_lock(&b->l);\n\tif (b->n)\n\t\tgoto out;\n\tspin_unlock(&b->l);\n}\n",
    "f.c:5: statement not understood",
  ],
  [
    "a statement without its semicolon",
    "void f(struct box *b)\n{\n\tspin_lock(&b->l)\n\tspin_unlock(&b->l);\n}\n",
    "f.c:3: statement not understood",
  ],
])("%s is a bound with its place", async (_, text, bound) => {
  const { bounds } = await checkSource({ file: "f.c", text });
  expect(bounds.join("\n")).toContain(bound);
});
