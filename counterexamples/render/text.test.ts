import { describe, expect, test } from "vitest";
import type { Trace, TraceStep } from "../trace/trace.ts";
import { renderText } from "./text.ts";

const QUIET: TraceStep = {
  task: 1,
  transition: 0,
  label: "goes on",
  adverse: false,
  changes: [],
  held: [],
  events: [],
};
const counts: TraceStep = { ...QUIET, label: "n++", changes: [{ variable: "n", from: "0", to: "1" }] };
const lays: TraceStep = { ...counts, decision: { kind: "layout", subject: "pte", alternative: "young" } };

function traceOf(steps: readonly TraceStep[]): Trace {
  return {
    schema: "holdfast-trace",
    schemaVersion: 1,
    tool: "0",
    model: { scenario: "m.ts", parameters: {}, digest: "0".repeat(64) },
    property: "p",
    verdict: "violated",
    message: "it fails",
    shortest: true,
    initial: 0,
    steps,
  };
}

const repeated = (step: TraceStep, times: number): readonly TraceStep[] =>
  Array.from({ length: times }, () => step);

describe("what is left out is told as it is", () => {
  test("steps without a change", () => {
    const text = renderText(traceOf([...repeated(QUIET, 60), counts]));
    expect(text).toContain("(60 steps that changed no variable left out; -v shows them)");
  });

  test("steps that change something, where even those are too many", () => {
    const text = renderText(traceOf([...repeated(QUIET, 60), ...repeated(counts, 50), QUIET]));
    expect(text).toContain("(110 steps left out, of which 50 changed variables; -v shows them)");
  });

  test("decisions on the data, whose labels say what they fixed", () => {
    const text = renderText(traceOf([...repeated(lays, 60), ...repeated(counts, 5)]));
    expect(text).toContain("(60 steps left out, of which 60 changed variables; -v shows them)");
  });

  test("nothing, where all is told", () => {
    expect(renderText(traceOf([...repeated(QUIET, 60), counts]), { verbose: true })).not.toContain(
      "left out",
    );
  });
});

test("locks are told where a task's differ from what was told of it last", () => {
  const holding = (task: number, ...held: readonly string[]): TraceStep => ({ ...QUIET, task, held });
  const text = renderText(
    traceOf([holding(1, "a"), holding(2, "b"), holding(1, "a"), holding(2), holding(1, "a", "b")]),
    { verbose: true },
  );
  const told = text.split("\n").flatMap((line) => /now holds (.*)$/.exec(line)?.[1] ?? []);
  expect(told).toEqual(["a", "b", "no lock", "a, b"]);
});

test("a trace of 100,000 steps is rendered in seconds", () => {
  const steps = Array.from({ length: 100_000 }, (_, at) => ({
    ...counts,
    task: 1 + (at % 2),
    held: [`l${at % 3}`],
  }));
  const started = performance.now();
  expect(renderText(traceOf(steps), { verbose: true }).split("\n").length).toBeGreaterThan(100_000);
  expect(renderText(traceOf(steps)).length).toBeGreaterThan(0);
  expect(performance.now() - started).toBeLessThan(30_000);
});
