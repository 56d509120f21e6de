import { evaluate } from "../../checker/interpret/interpret.ts";
import { readAfter, sequence } from "../../model/ir/compose.ts";
import type { Event, Model, Update } from "../../model/ir/model.ts";
import type { Observations } from "../../model/kernel/observation.ts";
import { kernelReports, preemptUnderflow } from "../../model/kernel/report.ts";
import { environmentOf, eventsOf } from "../trace/events.ts";
import type { ExecutedStep, Execution } from "../trace/execution.ts";
import type { TraceEvent } from "../trace/trace.ts";
import { afterReport, type KernelConfig, type Prediction, type Switches, silenceOf } from "./kernel-log.ts";
import { afterEvent, contextAt, lockOf, observing, type TaskContext } from "./task-context.ts";

/** One event of a step, with what came before it within the step. */
interface Moment {
  readonly number: number;
  readonly step: ExecutedStep;
  readonly event: Event;
  readonly shown: TraceEvent;
  readonly before: readonly Update[];
}

/** The reports that a debugging kernel has reason to print along a run, in its order. */
export function predict(
  model: Model,
  observe: Observations,
  execution: Execution,
  config: KernelConfig,
): readonly Prediction[] {
  let switches: Switches = { lockdep: true, printed: new Set() };
  const contexts = execution.initial.tasks.map((_, at) =>
    contextAt(model, observe, execution.initial, at + 1),
  );
  const predictions: Prediction[] = [];
  for (const moment of momentsOf(model, execution)) {
    const task = moment.step.move.task;
    const context = contexts[task - 1];
    if (!context) continue;
    for (const found of raisedAt(model, observe, moment, context, config)) {
      const silenced = silenceOf(found.report, switches);
      const { held, ...rest } = found;
      predictions.push({ ...rest, ...(switches.lockdep && { held }), ...(silenced && { silenced }) });
      if (!silenced) switches = afterReport(found.report, switches);
    }
    contexts[task - 1] = afterEvent(context, moment.shown, config);
  }
  return predictions;
}

function momentsOf(model: Model, { steps }: Execution): readonly Moment[] {
  return steps.flatMap((step, at) => {
    const shown = eventsOf(model, step);
    let before: readonly Update[] = [];
    return (step.transition.events ?? []).flatMap((event, position) => {
      const moment = { number: at + 1, step, event, before };
      before = sequence([before, event.updates]);
      const seen = shown[position];
      return seen ? [{ ...moment, shown: seen }] : [];
    });
  });
}

function raisedAt(
  model: Model,
  observe: Observations,
  { number, step, event, shown, before }: Moment,
  context: TaskContext,
  config: KernelConfig,
): readonly (Prediction & { readonly held: readonly string[] })[] {
  const environment = environmentOf(model, step);
  const seen = observing(observe, context);
  const value = (expression: Parameters<typeof readAfter>[1], done: readonly Update[]) =>
    evaluate(readAfter(done, expression), environment);
  const lock = lockOf(shown);
  const { source } = step.transition;
  const reports = config.debugPreempt ? [preemptUnderflow, ...kernelReports] : kernelReports;
  return reports.flatMap((report) => {
    const condition = report.when(event, seen);
    if (!condition || value(condition, before) === 0) return [];
    return {
      report,
      step: number,
      task: step.move.task,
      ...(source && { source }),
      ...(lock !== undefined && { lock }),
      held: context.held,
      preemptCount: context.preemptCount,
      // A nest depth is reported as the operation has left it.
      rcuDepth: value(observe.depth("rcu"), sequence([before, event.updates])),
    };
  });
}
