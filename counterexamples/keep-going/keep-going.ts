import { initialStates } from "../../checker/interpret/interpret.ts";
import type { Run } from "../../checker/result.ts";
import { type Reached, reach } from "../../checker/search/reach.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { add, constant, type Expression } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { type KernelReport, kernelReports } from "../../model/kernel/report.ts";
import { instrument } from "../../properties/instrument.ts";
import { printedVariable, reports } from "../../properties/reports.ts";
import type { Prediction } from "../lockdep/kernel-log.ts";
import { predict } from "../lockdep/predict.ts";
import { predictionText } from "../lockdep/text.ts";
import { marked } from "../lockdep/view.ts";
import { count } from "../render/words.ts";
import type { Subject } from "../subject.ts";
import { stepsOf } from "../trace/build.ts";
import { execute } from "../trace/execution.ts";
import type { TraceStep } from "../trace/trace.ts";

/** The path on which a debugging kernel reports most, past every violation, as the kernel itself goes on. */
export interface KeptGoing {
  readonly run: Run;
  readonly steps: readonly TraceStep[];
  /** In the kernel's order, without DEBUG_PREEMPT. */
  readonly predictions: readonly Prediction[];
  /** False where a limit was hit, so that another path may make it report more. */
  readonly exhaustive: boolean;
}

/** Searches the whole model. Undefined for a bare model, which says nothing of kernel state. */
export function keepGoing(subject: Subject, options: SearchOptions = {}): KeptGoing | undefined {
  const { observe } = subject;
  if (!observe) return undefined;
  const model = instrument(subject.judgedBy([]), observe, [reports]);
  const { initial, reached } = bestFrom(model, options);
  const execution = execute(model, { initial, moves: reached.moves });
  return {
    run: { initial, moves: reached.moves },
    steps: stepsOf(model, execution, observe),
    predictions: predict(model, observe, execution, { debugPreempt: false }),
    exhaustive: reached.exhaustive,
  };
}

function bestFrom(model: Model, options: SearchOptions): { initial: number; reached: Reached } {
  const goal = kernelReports
    .map(printedFlag)
    .reduce((sum, flag) => add(sum, flag), constant(0) as Expression);
  const runs = initialStates(model).map((state, initial) => ({
    initial,
    reached: reach(model, state, goal, options),
  }));
  const [first, ...others] = runs;
  if (!first) throw new Error(`model '${model.name}' has no initial state`);
  return others.reduce((best, each) => (better(each.reached, best.reached) ? each : best), first);
}

function better(one: Reached, other: Reached): boolean {
  return one.score === other.score ? one.moves.length < other.moves.length : one.score > other.score;
}

const printedFlag = (report: KernelReport): Expression => ({
  kind: "variable",
  name: printedVariable(report),
});

/** What a debugging kernel would print on one path, in its order and with its fields. */
export function keptGoingText({ steps, predictions, exhaustive }: KeptGoing): string {
  if (predictions.length === 0) {
    return marked([`nothing is printed on any path${exhaustive ? "" : " within the bound"}`]);
  }
  const adverse = steps.filter((step) => step.adverse).length;
  const length = `${count(steps.length, "step")} with ${count(adverse, "adverse outcome")}`;
  return marked([
    `on a path of ${length}, past every violation:`,
    "",
    ...predictions.flatMap(predictionText),
  ]);
}
