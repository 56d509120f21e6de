import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { BackEndName } from "../../checker/search-options.ts";
import { type CheckResult, checkSource } from "../check.ts";

const FOLDER = join(import.meta.dirname, "..", "fixtures");

/** C files of our own, in the kernel's idiom, with what they break written on the line. */
export const fixtureFiles: readonly string[] = readdirSync(FOLDER).filter((name) => name.endsWith(".c"));

export const readFixture = (file: string): string => readFileSync(join(FOLDER, file), "utf8");

/** `line: rule` for each rule that a comment on a line names, sorted. */
export function expectedFindings(text: string): readonly string[] {
  const found = text.split("\n").flatMap((line, at) => {
    const rules = /\/\/ violates: (.*)$/.exec(line)?.[1]?.split(", ") ?? [];
    return rules.map((rule) => `${at + 1}: ${rule}`);
  });
  return found.sort();
}

export const checkFixture = (file: string, backEnd: BackEndName = "table"): Promise<CheckResult> =>
  checkSource({ file, text: readFixture(file) }, { audit: true, locksByName: true, backEnd });

/** `line: rule` for each finding, sorted. */
export const foundIn = ({ findings }: CheckResult): readonly string[] =>
  findings.map(({ line, rule }) => `${line}: ${rule}`).sort();
