import { expect, test } from "vitest";
import { makeTree } from "../../tree/testing/tree.ts";
import { directoryTree } from "../../tree/tree.ts";
import { gate } from "../gate.ts";
import { readMails } from "../intake/mails.ts";
import { fakeJudge } from "../testing/fake-judge.ts";
import type { Judge } from "./judge.ts";

const added = (file: string, text: string) => {
  const lines = text.split("\n");
  return [
    `diff --git a/${file} b/${file}`,
    "new file mode 100644",
    "--- /dev/null",
    `+++ b/${file}`,
    `@@ -0,0 +1,${lines.length} @@`,
    ...lines.map((line) => `+${line}`),
    "",
  ].join("\n");
};
const each = (count: number, make: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at));
const locking = (name: string) => `void ${name}(struct box *box)\n{\n\tspin_lock(&box->lock);\n}`;

/** What the gate says of a patch, and how many functions it looked at. */
async function judged(patch: string) {
  let looks = 0;
  const judge: Judge = (image, names) => {
    looks += names.length;
    return fakeJudge(image, names);
  };
  return { report: await gate(await readMails("patch", Buffer.from(patch)), { judge }), looks: () => looks };
}

test("of very many functions the first are judged, and each of the others is named", async () => {
  const { report, looks } = await judged(added("a.c", each(900, (at) => locking(`f${at}`)).join("\n")));
  expect(looks()).toBe(300);
  expect(report.verdict).toBe("holds-within-bound");
  expect(report.functions.skipped.map((one) => one.function)).toEqual(each(600, (at) => `f${at + 300}`));
});

/** In seconds; where each hunk is compared with all others, it takes minutes. */
const MOST_CPU = 15;

test.each([
  ["a function of its own", (at: number) => `void f${at}(void)`],
  ["one function", () => "void f(void)"],
])("as many hunks as a patch may have, each of %s, take seconds", async (_, section) => {
  const hunk = (at: number) =>
    `@@ -${at * 9 + 1},3 +${at * 9 + 1},3 @@ ${section(at)}\n a\n-b${at}\n+c\n d\n`;
  const start = process.cpuUsage();
  const { report } = await judged(`--- a/a.c\n+++ b/a.c\n${each(20_000, hunk).join("")}`);
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(MOST_CPU);
  expect(report.bounds).toEqual([]);
});

test("as many hunks in a file of a tree take seconds", async () => {
  const text = (at: number) => `${locking(`f${at}`).replace("}", `\tbox->n = ${at};\n}`)}\n\n\n`;
  const hunk = (at: number) =>
    `@@ -${at * 7 + 4},2 +${at * 7 + 4},2 @@\n-\tbox->n = ${at};\n+\tbox->n = -1;\n }\n`;
  const tree = directoryTree(makeTree({ "a.c": each(20_000, text).join("") }));
  const patch = Buffer.from(`--- a/a.c\n+++ b/a.c\n${each(20_000, hunk).join("")}`);
  const start = process.cpuUsage();
  const report = await gate(await readMails("patch", patch), { judge: fakeJudge, tree });
  expect(process.cpuUsage(start).user / 1e6).toBeLessThan(MOST_CPU);
  expect(report.refused).toEqual([]);
  expect(report.functions.skipped).toHaveLength(20_000 - 300);
});

test("those that call nothing take no place among them", async () => {
  const idle = each(900, (at) => `int g${at}(int a)\n{\n\treturn a;\n}`).join("\n");
  const { report, looks } = await judged(added("a.c", `${idle}\n${locking("last")}`));
  expect([looks(), report.functions.skipped]).toEqual([1, []]);
});

test("of very many files the first are read, and it is said how many are not", async () => {
  const { report } = await judged(each(600, (at) => added(`a${at}.c`, "int x;")).join(""));
  expect(report.verdict).toBe("holds-within-bound");
  expect(report.bounds).toEqual([
    "more than 500 C files in one patch: 100 files were not read, from a500.c on",
  ]);
});
