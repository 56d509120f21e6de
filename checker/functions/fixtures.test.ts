import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkSource } from "./check.ts";

const read = (file: string): string => readFileSync(new URL(`fixtures/${file}`, import.meta.url), "utf8");

/** `line: rule` for each rule that a comment on the line names. */
function expected(text: string): readonly string[] {
  return text.split("\n").flatMap((line, at) => {
    const rules = /\/\/ violates: (.*)$/.exec(line)?.[1]?.split(", ") ?? [];
    return rules.map((rule) => `${at + 1}: ${rule}`);
  });
}

async function found(file: string, backEnd: "table" | "interpret"): Promise<readonly string[]> {
  const { findings } = await checkSource({ file, text: read(file) }, { audit: true, backEnd });
  return findings.map(({ line, rule }) => `${line}: ${rule}`);
}

const FILES = ["locks.c", "flow.c", "callees.c"];

test.each(FILES)("%s breaks the rules on the lines that say so, and no others", async (file) => {
  expect([...(await found(file, "table"))].sort()).toEqual([...expected(read(file))].sort());
});

test.each(FILES)("%s is judged alike by the reference semantics", async (file) => {
  expect(await found(file, "interpret")).toEqual(await found(file, "table"));
});
