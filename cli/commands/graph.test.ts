import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli } from "../testing/run-cli.ts";
import { temporaryFolder } from "../testing/temporary.ts";

const TORN = ["graph", "examples/ticket-lock.ts", "--version", "torn"];

test("prints Graphviz' language", async () => {
  const { code, out } = await runCli(...TORN);
  expect(code).toBe(0);
  expect(out).toMatch(/^digraph /);
  expect(out).toContain("violates mutual-exclusion");
});

test("draws SVG into a file", async () => {
  const folder = temporaryFolder();
  const path = join(folder, "torn.svg");
  // Of few states: Graphviz takes longer over its drawing than all the rest of these tests.
  const { code, out } = await runCli(...TORN, "--tasks", "1", "-o", path);
  expect([code, out]).toEqual([0, ""]);
  expect(readFileSync(path, "utf8")).toContain("<svg");
});

test.each([
  [[...TORN, "-o", "torn.png"], "torn.png: unknown kind of drawing (valid: .dot, .svg)"],
  [[...TORN, "--property", "fairness"], "not judged by 'fairness' (valid: mutual-exclusion"],
  [["graph", "madvise"], "more than 300 states: too many to draw"],
])("%j is refused in one line", async (args, message) => {
  const { code, err } = await runCli(...args);
  expect(code).toBe(2);
  expect(err).toContain(message);
  expect(err.trimEnd().split("\n")).toHaveLength(1);
});
