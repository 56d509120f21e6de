import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type RolldownOptions, rolldown } from "rolldown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { command, keepCode, library, start } from "../rolldown.config.ts";

const ROOT = join(import.meta.dirname, "..");
/** Where packages are found from. */
const built = mkdtempSync(join(ROOT, "node_modules", ".built-"));

async function build(options: RolldownOptions & { output: { dir: string } }): Promise<void> {
  const bundle = await rolldown(options);
  const { dir, ...output } = options.output;
  await bundle.write({ ...output, dir: join(built, dir) });
  await bundle.close();
}

function node(file: string, ...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(built, "dist/cli", file), ...words], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

beforeAll(async () => {
  for (const each of [library, command, start, keepCode]) await build(each);
}, 60_000);
afterAll(() => rmSync(built, { recursive: true, force: true }));

/** Among them what needs packages, a model that imports the built library, and C. */
const LINES = [
  ["explore", "madvise", "--version", "v5"],
  ["explore", "examples/ticket-lock.ts"],
  ["graph", "examples/ticket-lock.ts", "-o", join(built, "states.svg")],
  ["gate", "--no-cache", "examples/mail/continue-without-lock.eml"],
];

test("the built program says the same from kept code as from its text", () => {
  const said = LINES.map((words) => node("main.js", ...words));
  expect(said.map(({ status }) => status)).toEqual([1, 0, 0, 1]);
  expect(said.map(({ stderr }) => stderr)).toEqual(LINES.map(() => ""));
  const kept = node("keep-code.js", ...LINES.map((words) => words.join(" ")));
  expect(kept).toEqual({ status: 0, stdout: "", stderr: "" });
  expect(LINES.map((words) => node("main.js", ...words))).toEqual(said);
}, 60_000);
