import { expect, test } from "vitest";
import { readMails } from "./mails.ts";
import { MAX_LINES, toLines } from "./quote.ts";

const file = (path: string, added: string, hunks = 1): string => {
  const hunk = (at: number) => `@@ -${at},2 +${at},3 @@\n a\n+${added}\n b\n`;
  const all = Array.from({ length: hunks }, (_, index) => hunk(index * 10 + 1));
  return `--- a/${path}\n+++ b/${path}\n${all.join("")}`;
};
const read = async (text: string) => {
  const { changes } = await readMails("patch", Buffer.from(text));
  return changes.map(({ diff }) => ({ files: diff.files.map(({ after }) => after), unread: diff.unread }));
};

test("of too many hunks, those of whole files are read, and the rest is named", async () => {
  expect(await read(file("x.c", "x") + file("y.c", "y", 20_000) + file("z.c", "z"))).toEqual([
    { files: ["x.c"], unread: ["more than 20000 hunks: y.c and all from line 7 on was not read"] },
  ]);
});

test("a file with a line of 20 MB is not read, which is said, and the others are", async () => {
  const long = "f(".repeat(10_000_000);
  expect(await read(file("x.c", "x") + file("y.c", long) + file("z.c", "z"))).toEqual([
    { files: ["x.c", "z.c"], unread: ["line 11: longer than 100000 characters: y.c was not read"] },
  ]);
});

test("of too many lines, the first are read, and the rest is named", async () => {
  const text = `${file("x.c", "x")}${"\n".repeat(MAX_LINES)}${file("y.c", "y")}`;
  expect(await read(text)).toEqual([
    { files: ["x.c"], unread: [`too many lines: all from line ${MAX_LINES + 1} on was not read`] },
  ]);
});

test("where one file has too many lines, it is named as not read", async () => {
  const hunk = `@@ -0,0 +1,${MAX_LINES} @@\n${"+int x;\n".repeat(MAX_LINES)}`;
  expect(await read(`--- a/big.c\n+++ b/big.c\n${hunk}`)).toEqual([
    { files: [], unread: [`too many lines: all from line ${MAX_LINES + 1} on and big.c was not read`] },
  ]);
});

test("a diff behind too many lines is not said to be missing", async () => {
  await expect(read(`${"text\n".repeat(MAX_LINES)}${file("x.c", "x")}`)).rejects.toThrow(
    `patch: no diff before line ${MAX_LINES + 1}, and nothing behind it is read: too many lines`,
  );
});

test("marks and separators of any length end no stack", async () => {
  const quote = `${"> ".repeat(10_000_000)}x\n`;
  expect(await read(quote + file("x.c", "x"))).toEqual([{ files: ["x.c"], unread: [] }]);
  const separator = `From ${"1234 ".repeat(2_000_000)}x\nFrom: a\n\n`;
  expect(await read(separator + file("x.c", "x"))).toEqual([{ files: ["x.c"], unread: [] }]);
});

test("lines end as they did before: with or without a return, the last one perhaps with nothing", () => {
  expect(toLines("a\r\nb\n\nc\r").map(({ text }) => text)).toEqual(["a", "b", "", "c\r"]);
  expect(toLines("")).toEqual([]);
});

test("a mailbox of more patches than any series has is refused", async () => {
  const mail = (part: number) =>
    `From a Mon Sep 17 00:00:00 2001\nFrom: a@b\nSubject: [PATCH ${part}/1001] x\n\n${file("x.c", "x")}\n`;
  const mailbox = Array.from({ length: 1_001 }, (_, index) => mail(index + 1)).join("");
  await expect(read(mailbox)).rejects.toThrow("patch: more than 1000 patches");
});
