import { expect, test } from "vitest";
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
