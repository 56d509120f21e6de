import * as core from "@actions/core";
import { expect, test, vi } from "vitest";
import { placeInDiff } from "./diff-place.ts";
import { github } from "./github.ts";
import { reported as changed, emptyResult, sampleReport } from "./testing/change.ts";
import { reported, sampleModel } from "./testing/model.ts";
import { sampleSource } from "./testing/source.ts";

const unescaped = (text: string): string =>
  text
    .replaceAll("%3A", ":")
    .replaceAll("%2C", ",")
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%25", "%");

test.each([
  ["change", await sampleReport()],
  ["source", await sampleSource()],
  ["model", reported(sampleModel())],
] as const)("annotations of a %s are what GitHub's own toolkit writes", (_, report) => {
  const [line = ""] = github(report, {}).split("\n");
  const message = unescaped(/^::error [^:]*::(.*)$/.exec(line)?.[1] ?? "");
  const [finding] = report.findings;
  const written: string[] = [];
  const out = vi.spyOn(process.stdout, "write").mockImplementation((text) => written.push(String(text)) > 0);
  if (!finding) throw new Error("the sample has a finding");
  const { file, line: startLine } = placeInDiff(report, finding);
  core.error(message, { title: finding.rule, file, startLine });
  out.mockRestore();
  expect(`${line}\n`).toBe(written.join(""));
  expect(message).toContain(finding.message);
});

test("a hint is a warning on its line, what was not seen one without", async () => {
  const warnings = github(await sampleSource(), {})
    .split("\n")
    .filter((line) => line.startsWith("::warning"));
  expect(warnings).toEqual([
    expect.stringMatching(/^::warning title=exit-imbalance,file=box\.c,line=15::leave\(\)/),
    expect.stringMatching(/^::warning title=holdfast%3A not all was seen::box\.c: large\(\)/),
  ]);
});

test("a patch that does not apply is an error", async () => {
  const result = await emptyResult("error", { refused: ["x.c: does not apply"] });
  expect(github(changed(result), {})).toMatch(
    /^::error title=holdfast%3A not judged::x\.c: does not apply\n/,
  );
});
