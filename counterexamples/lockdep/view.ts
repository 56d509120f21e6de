import { harmlessLines } from "../../model/printable.ts";
import type { Subject } from "../subject.ts";
import { runOf } from "../trace/build.ts";
import { execute } from "../trace/execution.ts";
import type { Trace } from "../trace/trace.ts";
import type { Prediction } from "./kernel-log.ts";
import { predict } from "./predict.ts";
import { differenceText, predictionText } from "./text.ts";

/** On every line, so that no scraper of kernel logs takes it for a real report. */
const MARK = "predicted: ";

/** What a debugging kernel prints on a trace, in its order and with its fields, in our words. */
export function renderLockdep(subject: Subject, trace: Trace): string {
  const { observe } = subject;
  if (!observe) return marked(["nothing: a bare model says nothing of the kernel's debug checks"]);
  const model = subject.judgedBy([trace.property]);
  const { fault, ...execution } = execute(model, runOf(trace));
  const seen = fault ? { ...execution, steps: execution.steps.slice(0, -1) } : execution;
  const usual = predict(model, observe, seen, { debugPreempt: false });
  const withDebugPreempt = predict(model, observe, seen, { debugPreempt: true });
  const end = trace.verdict === "error" ? "an error of the model" : `the violation of ${trace.property}`;
  return marked([
    `${nameOf(trace)}, up to ${end} at step ${trace.steps.length}`,
    "kernel with PREEMPT_RCU and PROVE_LOCKING, without DEBUG_PREEMPT:",
    "",
    ...(printed(usual).length === 0 ? silence(trace) : usual.flatMap(predictionText)),
    "",
    differenceText(usual, withDebugPreempt),
  ]);
}

const printed = (predictions: readonly Prediction[]): readonly Prediction[] =>
  predictions.filter(({ silenced }) => silenced === undefined);

function silence({ message }: Trace): readonly string[] {
  return ["nothing is printed: none of its checks sees that", `  ${message}`];
}

function nameOf({ model }: Trace): string {
  return [model.scenario, model.version].filter((part) => part !== undefined).join(" ");
}

export function marked(lines: readonly string[]): string {
  return `${harmlessLines(lines.map((line) => `${MARK}${line}`.trimEnd()))}\n`;
}
