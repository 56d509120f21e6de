import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

test("replay --emit-test writes a test that imports the model from where it lies", async () => {
  const folder = temporaryFolder();
  const [trace, emitted] = [join(folder, "torn.json"), join(folder, "torn.test.ts")];
  await runCli("explore", "examples/ticket-lock.ts", "--version", "torn", "--trace", trace);
  const { code } = await runCli("replay", trace, "--emit-test", emitted);
  expect(code).toBe(1);
  const text = readFileSync(emitted, "utf8");
  expect(text).toMatch(/import found from ".*examples\/ticket-lock\.ts";/);
  expect(text).toContain('replayInWords(subject, "mutual-exclusion", steps, 0)');
});
