import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const LOCKED = "static void f(struct box *box)\n{\n\tspin_lock(&box->lock);\n";

test.each([
  ["no C at all", "All happy families are alike;\nevery unhappy family is unhappy (in its own way).\n"],
  ["nothing", ""],
  ["bytes", Array.from({ length: 4096 }, (_, at) => String.fromCharCode((at * 37) % 256)).join("")],
  ["an open comment", `${LOCKED}\t/* and so on`],
  ["an open string", `${LOCKED}\tspin_unlock(&box->lock);\n\tputs("and so on\n}\n`],
  ["an open #if", `${LOCKED}#if CONFIG_BOX\n\tspin_unlock(&box->lock);\n}\n`],
  ["closing braces", "}}}}}\n}\n"],
])("%s is read without a finding or a crash", async (_, text) => {
  const { findings, functions } = await checkSource({ file: "odd.c", text });
  expect(findings).toEqual([]);
  expect(functions.seen).toBe(functions.modelled + functions.skipped.length + functions.capped.length);
});

test("what stands too deep is named as skipped or modelled, never lost", async () => {
  const deep = `${LOCKED}${"if (box->full) { ".repeat(3000)}${"} ".repeat(3000)}\n\tspin_unlock(&box->lock);\n}\n`;
  const { functions } = await checkSource({ file: "deep.c", text: deep });
  expect(functions.modelled + functions.skipped.length).toBe(1);
});

test("a statement that can't be read taints the locks it names, and no others", async () => {
  const text = `${LOCKED}\tspin_lock(&box->other);\n\tbox->lock <- = 3;\n\tspin_lock(&box->lock);\n\tspin_lock(&box->other);\n\tspin_unlock(&box->other);\n\tspin_unlock(&box->lock);\n}\n`;
  const { findings } = await checkSource({ file: "taint.c", text });
  expect(findings.map(({ rule, lock }) => `${rule} ${lock}`)).toEqual(["double-lock box->other"]);
});

test("a function too long to parse is named, and those behind it are checked", async () => {
  const long = `${LOCKED}${"\tbox->count++;\n".repeat(40_000)}}\n`;
  const text = `${long}static void g(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_lock(&box->lock);\n}\n`;
  const { findings, functions } = await checkSource({ file: "long.c", text });
  expect(functions).toMatchObject({
    modelled: 1,
    skipped: [{ function: "f", reason: "longer than 500000 characters" }],
  });
  expect(findings.map(({ rule, function: name }) => `${rule} in ${name}`)).toEqual(["double-lock in g"]);
});

const OPEN = "static void f(struct box *box)\n{\n\tspin_lock(&box->lock);\n";

test.each([
  [
    "a block",
    `${OPEN}\tif (box->full) {\n\t\tspin_lock(&box->lock);\n`,
    "cut.c:1: block not closed: what follows was not read",
  ],
  ["a comment", `int one;\n/* two\n${OPEN}}\n`, "cut.c:2: comment not closed: what follows was not read"],
])("%s that is not closed hides nothing in silence", async (_, text, bound) => {
  expect((await checkSource({ file: "cut.c", text })).bounds).toEqual([bound]);
});

test("a statement that can't be read, and that names a lock, is a bound", async () => {
  const text = `${OPEN}\tbox->lock ## @@ ] ;\n\tbox->count++;\n}\n`;
  expect((await checkSource({ file: "odd.c", text })).bounds).toEqual(["odd.c:4: statement not understood"]);
});

test("each definition of a function is checked, also where the arms of an #if define it anew", async () => {
  const one = `${OPEN}\tspin_unlock(&box->lock);\n}\n`;
  const twice = `${OPEN}\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  for (const text of [`#ifdef A\n${one}#else\n${twice}#endif\n`, `#ifdef A\n${twice}#else\n${one}#endif\n`]) {
    const { findings, functions } = await checkSource({ file: "arms.c", text });
    expect(functions).toMatchObject({ seen: 2, modelled: 2 });
    expect(findings.map(({ rule }) => rule)).toEqual(["double-lock"]);
  }
});

test("a function that each arm of an #if closes is read to its end", async () => {
  const text = `${OPEN}#ifdef A\n\tspin_unlock(&box->lock);\n}\n#else\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n#endif\n`;
  const { findings } = await checkSource({ file: "arms.c", text });
  expect(findings.map(({ rule, line }) => `${line}: ${rule}`)).toEqual(["8: double-lock"]);
});

test("what a stub in another arm returns does not stand for the function", async () => {
  const text = `#ifdef A
static int take(struct box *box)
{
	spin_lock(&box->lock);
	return 0;
}
#else
static int take(struct box *box)
{
	return 0;
}
#endif
static void f(struct box *box)
{
	take(box);
	spin_lock(&box->lock);
}
`;
  const { findings } = await checkSource({ file: "arms.c", text });
  expect(findings.map(({ rule, function: name }) => `${rule} in ${name}`)).toEqual([
    "double-lock in f",
    "exit-imbalance in f",
  ]);
});

test.each([
  ["nested", "#if A\n".repeat(2000), "#endif\n".repeat(2000)],
  ["in a row", Array.from({ length: 1900 }, (_, at) => `#if A${at}\nx();\n#endif\n`).join(""), ""],
])(
  "of thousands of #ifs %s one reading is made, and what it leaves out is a bound",
  async (_, open, close) => {
    const text = `${OPEN}${open}${close}\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
    const { findings, bounds } = await checkSource({ file: "arms.c", text });
    expect(findings.map(({ rule }) => rule)).toEqual(["double-lock"]);
    expect(bounds.length).toBeGreaterThan(0);
  },
);

const CPU_SECONDS = 5;

test.each([
  ["parentheses", "(", ")"],
  ["calls", "f(", ")"],
  ["calls with arguments", "f(a, ", ")"],
  ["calls on lines of their own", "f(\n", "\n)"],
  ["calls of a lock", "spin_lock(", ")"],
  ["indices", "a[b", "]"],
  ["blocks", "if (a) {", "}"],
])("%s that nest 20,000 deep are named by their line in little time", async (_, open, close) => {
  const deep = `${open.repeat(20_000)}1${close.repeat(20_000)};`;
  const text = `${OPEN}\tbox->n++;\n\t${deep}\n\tspin_lock(&box->lock);\n}\n`;
  const start = process.cpuUsage();
  const { functions } = await checkSource({ file: "deep.c", text });
  const { user } = process.cpuUsage(start);
  expect(functions.skipped.map(({ reason }) => reason)).toEqual([
    expect.stringMatching(/^line \d+: nested too deeply$/),
  ]);
  expect(user / 1e6).toBeLessThan(CPU_SECONDS);
});

test("what nests as deep as no compiler complains of is judged", async () => {
  const text = `${OPEN}\tx = ${"g(".repeat(200)}1${")".repeat(200)};\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  const { findings } = await checkSource({ file: "deep.c", text });
  expect(findings.map(({ rule }) => rule)).toEqual(["double-lock"]);
});

test("of more functions than a file may have, the first are judged, and each of the others is named", async () => {
  const one = (at: number) =>
    `void f${at}(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  const text = Array.from({ length: 3_002 }, (_, at) => one(at)).join("");
  const { functions } = await checkSource({ file: "many.c", text });
  expect(functions).toMatchObject({ seen: 3_002, modelled: 3_000 });
  const reason = "more than 3000 functions in one file: it was not judged";
  expect(functions.skipped).toEqual(
    ["f3000", "f3001"].map((name) => ({ file: "many.c", function: name, reason })),
  );
}, 180_000);

test.each([
  ["CRLF", (text: string) => text.replaceAll("\n", "\r\n")],
  ["no line break at the end", (text: string) => text.trimEnd()],
  ["bytes that are no UTF-8", (text: string) => text.replace("box->count", "/* \ufffd\ufffd */ box->count")],
])("%s changes nothing", async (_, change) => {
  const text = `${OPEN}\tbox->count++;\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  const { findings } = await checkSource({ file: "odd.c", text: change(text) });
  expect(findings.map(({ line, rule }) => `${line}: ${rule}`)).toEqual(["5: double-lock"]);
});

test("calls may go as deep as there are functions", async () => {
  const one = (at: number) => `static void f${at}(struct box *box)\n{\n\tf${at + 1}(box);\n}\n`;
  const chain = Array.from({ length: 20_000 }, (_, at) => one(at)).join("");
  const text = `${chain}static void f20000(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  expect((await checkSource({ file: "chain.c", text })).functions).toMatchObject({ seen: 1, modelled: 1 });
});

const times = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join("");

test.each([
  ["steps", times(3_000, (at) => `\tif (box->a${at})\n\t\tspin_lock(&box->lock);\n`), "more than 2000 steps"],
  [
    "locks",
    times(400, (at) => `\tspin_lock(&box->lock${at});\n`),
    "401 locks in 402 steps: their product is more than 100000",
  ],
])("a function of more %s than a person writes is named, and not searched", async (_, body, reason) => {
  const { functions } = await checkSource({ file: "many.c", text: `${OPEN}${body}}\n` });
  expect(functions.skipped).toEqual([{ file: "many.c", function: "f", reason }]);
});
