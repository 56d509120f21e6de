import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { smallestTrace } from "../../counterexamples/testing/cell.ts";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const { trace } = smallestTrace("v5", "ptl-held");

async function replay(change: object, ...words: readonly string[]) {
  const path = join(temporaryFolder(), "v5.trace.json");
  writeFileSync(path, JSON.stringify({ ...trace, ...change }));
  return await runCli("replay", path, ...words);
}

test("--json prints the trace, and whether it violates its property still", async () => {
  const { code, out } = await replay({}, "--json");
  expect(code).toBe(1);
  expect(JSON.parse(out)).toEqual({ violated: true, error: false, message: trace.message, trace });
});

test("--json of a trace that violates nothing any more says so", async () => {
  const { code, out } = await replay({ steps: trace.steps.slice(0, -1) }, "--json");
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ violated: false, message: null });
});

test("--json goes with no other format", async () => {
  const { code, err } = await replay({}, "--json", "--format", "lockdep");
  expect(code).toBe(2);
  expect(err).toContain("leave out --format");
});

test("--format lockdep marks what it predicts", async () => {
  const { out } = await replay({}, "--format", "lockdep");
  const lines = out.split("\n\nreplayed:")[0]?.split("\n") ?? [];
  expect(lines.length).toBeGreaterThan(3);
  expect(lines.filter((line) => !line.startsWith("predicted:"))).toEqual([]);
});

test("--shrink-by-replay does not say that nothing is shorter", async () => {
  const { out } = await replay({}, "--shrink-by-replay", "--no-explain");
  expect(out).toContain("29 steps, 1 adverse outcome, not proven shortest");
  expect((await replay({}, "--shrink", "--no-explain")).out).toContain("none shorter");
});
