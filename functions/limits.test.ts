import { expect, test } from "vitest";
import { checkSource } from "./check.ts";
import { orUnread } from "./unread-source.ts";

const OPEN = "static void f(struct box *box)\n{\n\tspin_lock(&box->lock);\n";
/** Generous, as the machine may be busy: what is bounded takes a tenth of it, what is not takes hours. */
const CPU_SECONDS = 5;
const times = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join("");

test.each([
  ["conditions", `${"if (a) ".repeat(15_000)};`],
  ["else", `${"if (a) b(); else ".repeat(6_000)};`],
  ["sums", `x = ${"a + ".repeat(50_000)}b;`],
  ["signs", `x = ${"!".repeat(50_000)}b;`],
  ["choices", `x = ${"a ? b : ".repeat(12_000)}b;`],
  ["assignments", `x = ${"a = ".repeat(20_000)}b;`],
  ["members", `x = a${"->b".repeat(30_000)};`],
  ["casts", `x = ${"(int)".repeat(20_000)}b;`],
  ["loops", `${"for (;;) ".repeat(12_000)};`],
])("%s too deep for the stack are named by their line, or read", async (_, deep) => {
  const text = `${OPEN}\t${deep}\n\tspin_lock(&box->lock);\n\tspin_unlock(&box->lock);\n}\n`;
  const { findings, functions } = await checkSource({ file: "deep.c", text });
  const named = functions.skipped.map(({ reason }) => reason);
  expect([...named, ...findings.map(({ rule }) => rule)]).toEqual([
    expect.stringMatching(/^(?:line 4: nested too deeply|more than 2000 steps|double-lock)$/),
  ]);
});

test.each([
  ["lead to each other", times(30_000, (at) => `#define M${at} M${at + 1}\n`), "M0", /nested too deeply$/],
  [
    "double",
    times(40, (at) => `#define M${at} M${at + 1} M${at + 1}\n`),
    "M0",
    /longer than 200000 characters$/,
  ],
])("macros that %s without end are named where they are used", async (_, macros, name, reason) => {
  const last = macros.match(/M\d+(?=\n$)/)?.[0];
  const text = `${macros}#define ${last} spin_lock(&box->lock);\n${OPEN}\t${name}\n}\n`;
  const { findings, functions, bounds } = await checkSource({ file: "macros.c", text });
  expect(findings).toEqual([]);
  expect(functions.skipped).toEqual([
    { file: "macros.c", function: "f", reason: expect.stringMatching(reason) },
  ]);
  expect(bounds).toEqual([expect.stringMatching(/^macros\.c:\d+: f\(\): its macros were not read: /)]);
});

test("a function that goes by the grammar may be less long", async () => {
  const text = `${OPEN}\tint g(int a) { return a; }\n${"\tbox->n++;\n".repeat(12_000)}}\n`;
  const { functions } = await checkSource({ file: "long.c", text });
  expect(functions.skipped.map(({ reason }) => reason)).toEqual(["longer than 120000 characters"]);
});

test.each([
  ["blanks", " ".repeat(300_000)],
  ["empty lines", "\n".repeat(300_000)],
  ["comment", `/*${"*".repeat(300_000)}*/`],
  ["string", `puts("${"a".repeat(300_000)}");`],
  ["string of escapes", `puts("${"\\n".repeat(150_000)}");`],
  ["blocks", "{}".repeat(100_000)],
  ["jumps", "goto out;".repeat(30_000)],
  ["labels", times(10_000, (at) => `l${at}: `)],
])("very many %s take little time", async (_, many) => {
  const text = `${OPEN}\t${many}\n\tspin_lock(&box->lock);\nout:\n\tspin_unlock(&box->lock);\n}\n`;
  const start = process.cpuUsage();
  const { findings, functions } = await checkSource({ file: "many.c", text });
  const named = functions.skipped.map(({ reason }) => reason);
  expect([...named, ...findings.map(({ rule }) => rule)]).toEqual([
    expect.stringMatching(/^(?:more than 20*000 steps|double-lock)$/),
  ]);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(CPU_SECONDS);
});

test("of a text that ends the stack as a whole, nothing is said", async () => {
  const check = () => Promise.reject(new RangeError("Maximum call stack size exceeded"));
  expect((await orUnread("x.c", check)).bounds).toEqual(["x.c: nested too deeply: nothing in it was judged"]);
  await expect(orUnread("x.c", () => Promise.reject(new TypeError("ours")))).rejects.toThrow("ours");
});
