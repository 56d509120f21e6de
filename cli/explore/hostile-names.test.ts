import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const MODEL = "cli/testing/hostile-names.ts";
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose
const ACTS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e]|^\s*(?:::|##\[)/m;

test.each([
  ["explore", MODEL],
  ["explore", MODEL, "-v", "--no-reduce"],
  ["explore", MODEL, "--shrink"],
  ["explore", MODEL, "--format", "lockdep"],
  ["explore", MODEL, "--json"],
  ["explore", MODEL, "--random", "--seed", "1"],
  ["explore", MODEL, "--keep-going"],
  ["explore", MODEL, "--max-states", "1"],
  ["explore", MODEL, "--property", "none\u001b[2J"],
  ["graph", MODEL],
])("%j prints a model's names without what a terminal or a workflow acts on", async (...words) => {
  const { out, err } = await runCli(...words);
  expect(out + err).not.toMatch(ACTS);
  expect(out + err).toMatch(/\\x1b|\\u001b/);
});

test("so does a replay, and what it writes stays data", async () => {
  const folder = temporaryFolder();
  const [trace, emitted] = [join(folder, "trace.json"), join(folder, "emitted.test.ts")];
  await runCli("explore", MODEL, "--property", "in\u001b[1Avariant", "--trace", trace);
  for (const words of [[], ["-v"], ["--json"], ["--format", "lockdep"]]) {
    const { code, out, err } = await runCli("replay", trace, "--emit-test", emitted, ...words);
    expect(code).toBe(1);
    expect(out + err).not.toMatch(ACTS);
  }
  for (const written of [trace, emitted]) expect(readFileSync(written, "utf8")).not.toMatch(ACTS);
  const code = readFileSync(emitted, "utf8").split("\n");
  expect(code.filter((line) => /^\W*process/.test(line))).toEqual([]);
});
