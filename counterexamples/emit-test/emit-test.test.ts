import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { InputError } from "../../model/input-error.ts";
import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { scenarioSubject } from "../subject.ts";
import { smallestTrace } from "../testing/cell.ts";
import { emitTest } from "./emit-test.ts";
import { replayInWords } from "./in-words.ts";

const root = join(import.meta.dirname, "..", "..");
// Below an ignored folder, so that it finds the packages that the emitted test imports.
mkdirSync(join(root, "dist"), { recursive: true });
const folder = mkdtempSync(join(root, "dist", "emitted-"));
afterAll(() => rmSync(folder, { recursive: true }));

const { trace } = smallestTrace("v5", "ptl-held");
const text = emitTest(trace, { kind: "built-in", id: "madvise" });

/** Runs test files, each by its own name, in a process of their own. */
function runVitest(files: Readonly<Record<string, string>>) {
  const config = { resolve: { alias: { holdfast: join(root, "index.ts") } } };
  writeFileSync(join(folder, "vitest.config.mjs"), `export default ${JSON.stringify(config)};\n`);
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  const vitest = join(root, "node_modules", "vitest", "vitest.mjs");
  const args = [vitest, "run", "--root", folder, "--dir", folder, "--reporter", "verbose"];
  return spawnSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, NO_COLOR: "1" } });
}

test("an emitted test passes while the bug is there, and fails against v7", () => {
  const against = text.replace('"version":"v5"', '"version":"v7"');
  expect(against).not.toBe(text);
  const { status, stdout, stderr } = runVitest({ "v5.test.ts": text, "v7.test.ts": against });
  expect(stdout).toMatch(/✓ .*v5\.test\.ts/);
  expect(stdout).toMatch(/× .*v7\.test\.ts/);
  expect(`${stdout}${stderr}`).toMatch(/step 26: task 1 cannot do 'if \(err\) -> true'/);
  expect(status).toBe(1);
});

test("a step that the model does not allow is named with what it allows", () => {
  const choice = { version: "v5", parameters: { ptes: 1, folios: 1, batch: 2 } };
  const subject = scenarioSubject(madvise, choice, properties);
  const jump = () => replayInWords(subject, "ptl-held", [{ task: 1, step: "return 0;" }]);
  expect(jump).toThrow(InputError);
  expect(jump).toThrow(/step 1: task 1 cannot do 'return 0;' \(valid: .*-> mapped \| .*-> gone\)/);
});

test("a model of the user's own is imported by its path", () => {
  const own = emitTest(trace, { kind: "model", module: "./my-model.ts" });
  expect(own).toContain('import found from "./my-model.ts";');
  expect(own).toContain('const subject = modelSubject("madvise", found);');
});
