import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const LOCKED = "static void f(struct box *box)\n{\n\tspin_lock(&box->lock);\n";

test.each([
  ["no C at all", "All happy families are alike;\nevery unhappy family is unhappy (in its own way).\n"],
  ["nothing", ""],
  ["bytes", Array.from({ length: 4096 }, (_, at) => String.fromCharCode((at * 37) % 256)).join("")],
  ["an open comment", `${LOCKED}\t/* and so on`],
  ["an open string", `${LOCKED}\tputs("and so on\n}\n`],
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
  const text = `${LOCKED}\tspin_lock(&box->other);\n\tbox->lock <- = 3;\n\tspin_lock(&box->lock);\n\tspin_lock(&box->other);\n}\n`;
  const { findings } = await checkSource({ file: "taint.c", text });
  expect(findings.map(({ rule, lock }) => `${rule} ${lock}`)).toEqual(["double-lock box->other"]);
});

test("a function too long to parse is named, and those behind it are checked", async () => {
  const long = `${LOCKED}${"\tbox->count++;\n".repeat(3_300_000)}}\n`;
  const text = `${long}static void g(struct box *box)\n{\n\tspin_lock(&box->lock);\n\tspin_lock(&box->lock);\n}\n`;
  const { findings, functions } = await checkSource({ file: "long.c", text });
  expect(functions).toMatchObject({
    modelled: 1,
    skipped: [{ function: "f", reason: "longer than 2000000 characters" }],
  });
  expect(findings.map(({ rule, function: name }) => `${rule} in ${name}`)).toEqual(["double-lock in g"]);
});
