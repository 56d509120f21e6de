import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../cli/testing/temporary.ts";
import { repositoryFiles } from "./tidy/sources.ts";

const ROOT = join(import.meta.dirname, "..");

/** A fenced block of CONTRIBUTING.md that names a file: a difference, a new file, or what comes at a file's end. */
interface Block {
  readonly language: string;
  readonly file: string;
  readonly text: string;
}

const blocks: readonly Block[] = [
  ...readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8").matchAll(/^( *)```(\w+) (\S+)\n([\s\S]*?)^\1```$/gm),
].map(([, indent = "", language = "", file = "", text = ""]) => ({
  ...{ language, file },
  text: text.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
}));

const isTest = ({ file }: Block): boolean => /\.test\.ts$|\/fixtures\//.test(file);

function copyOfRepository(): string {
  const folder = temporaryFolder();
  for (const path of repositoryFiles()) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(join(ROOT, path), join(folder, path));
  }
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}

function apply(folder: string, { language, file, text }: Block): void {
  const path = join(folder, file);
  const before = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  if (language === "diff") writeFileSync(path, patched(before ?? "", text, file));
  else writeFileSync(path, before === undefined ? text : `${before}\n${text}`);
}

/** What a block has of a file, before the change and after it, must be there once. */
function patched(before: string, difference: string, file: string): string {
  return difference.split(/^@@\n/m).reduce((whole, hunk) => {
    const lines = hunk.split("\n").slice(0, -1);
    const side = (sign: string) =>
      lines.flatMap((line) => (line.startsWith(sign) ? [] : [`${line.slice(1)}\n`])).join("");
    const parts = whole.split(`${side("+")}`);
    if (parts.length !== 2) throw new Error(`${file} has ${parts.length - 1} times:\n${side("+")}`);
    return parts.join(side("-"));
  }, before);
}

/** The tests that fail, by name, and the files that cannot be loaded. */
function failing(folder: string): readonly string[] {
  const result = join(folder, "result.json");
  const files = ["functions/fixtures.test.ts", "model/kernel/table", "reports/tap", "reports/formats"];
  const program = join(ROOT, "node_modules/vitest/vitest.mjs");
  // Not the slow ones, which the tutorials leave as they are.
  const chosen = ["-t", "^(?!.*(judged alike|(check|gate|explore) as (?!tap)))"];
  const how = ["--reporter=json", `--outputFile=${result}`, "--maxWorkers=1"];
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const options = { cwd: folder, env, encoding: "utf8" } as const;
  const ran = spawnSync(
    process.execPath,
    [program, "run", ...files, "testing/docs", ...chosen, ...how],
    options,
  );
  if (!existsSync(result)) throw new Error(`${ran.stdout}${ran.stderr}`);
  const { testResults } = JSON.parse(readFileSync(result, "utf8"));
  return testResults.flatMap(({ name, status, assertionResults }: FileResult) => {
    const failed = assertionResults.filter((each) => each.status === "failed").map(({ title }) => title);
    return failed.length === 0 && status === "failed" ? [name.slice(folder.length + 1)] : failed;
  });
}

interface FileResult {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

test("the tutorials lead from failing tests to passing ones", { timeout: 600_000 }, () => {
  const folder = copyOfRepository();
  for (const each of blocks.filter(isTest)) apply(folder, each);
  expect([...failing(folder)].sort()).toEqual([
    "a format that there is not, or not for this report, is refused with those that there are",
    "contexts.c breaks the rules on the lines that say so, and no others",
    "every rule has a line that breaks it",
    "rarer-locks.c breaks the rules on the lines that say so, and no others",
    "reports/tap.test.ts",
  ]);
  for (const each of blocks.filter((block) => !isTest(block))) apply(folder, each);
  expect(failing(folder)).toEqual([]);
});
