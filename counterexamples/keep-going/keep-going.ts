import { evaluate, initialStates, type State } from "../../checker/interpret/interpret.ts";
import type { Run, SearchOptions } from "../../checker/result.ts";
import { type Reached, reach } from "../../checker/search/reach.ts";
import { add, constant, type Expression } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { type KernelReport, kernelReports, WITHOUT_LOCK_MAP } from "../../model/kernel/report.ts";
import { instrument } from "../../properties/instrument.ts";
import { printedVariable, reports } from "../../properties/reports.ts";
import type { Subject } from "../subject.ts";
import { stepsOf } from "../trace/build.ts";
import { execute } from "../trace/execution.ts";
import { heldBy, showLock } from "../trace/held.ts";
import type { TraceStep } from "../trace/trace.ts";

/** The path on which a debugging kernel reports most, past every violation, as the kernel itself goes on. */
export interface KeptGoing {
  readonly run: Run;
  readonly steps: readonly TraceStep[];
  readonly printed: readonly PrintedReport[];
  /** False where a limit was hit, so that another path may make it report more. */
  readonly exhaustive: boolean;
}

export interface PrintedReport {
  readonly report: KernelReport;
  /** Position of its step, from 0. */
  readonly step: number;
  /** The locks that lockdep knows to be held as the step begins. */
  readonly held: readonly string[];
}

/** Searches the whole model. Undefined for a bare model, which says nothing of kernel state. */
export function keepGoing(subject: Subject, options: SearchOptions = {}): KeptGoing | undefined {
  const { observe } = subject;
  if (!observe) return undefined;
  const model = instrument(subject.judgedBy([]), observe, [reports]);
  const { initial, reached } = bestFrom(model, options);
  const execution = execute(model, { initial, moves: reached.moves });
  const printed = execution.steps.flatMap(({ before, after, move }, step) => {
    const known = heldBy(model, observe, before, move.task);
    const held = known.filter(({ lock }) => !WITHOUT_LOCK_MAP.includes(lock)).map(showLock);
    return kernelReports
      .filter((report) => !hasPrinted(model, report, before) && hasPrinted(model, report, after ?? before))
      .map((report) => ({ report, step, held }));
  });
  return {
    run: { initial, moves: reached.moves },
    steps: stepsOf(model, execution, observe),
    printed,
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

const hasPrinted = (model: Model, report: KernelReport, state: State): boolean =>
  evaluate(printedFlag(report), { model, state }) !== 0;
