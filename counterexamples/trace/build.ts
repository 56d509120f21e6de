import type { Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Observations } from "../../model/kernel/observation.ts";
import { VERSION } from "../../model/tool-version.ts";
import type { Subject } from "../subject.ts";
import { changesOf } from "./changes.ts";
import { eventsOf } from "./events.ts";
import { type Execution, execute } from "./execution.ts";
import { heldBy, showLock } from "./held.ts";
import type { Trace, TraceStep } from "./trace.ts";
import { violationAtEnd } from "./violation.ts";

/**
 * Turns a run of a subject that violates a property into a trace.
 * @throws Error where the run is none of the model's, or the property holds at its end.
 */
export function traceOf(subject: Subject, property: string, run: Run, shortest: boolean): Trace {
  const model = subject.judgedBy([property]);
  const execution = execute(model, run);
  const message = violationAtEnd(model, execution, property);
  if (message === undefined) throw new Error(`the run does not violate ${property}`);
  return {
    schema: "holdfast-trace",
    schemaVersion: 1,
    tool: VERSION,
    model: subject.identity,
    property,
    verdict: "violated",
    message,
    shortest,
    initial: run.initial,
    steps: stepsOf(model, execution, subject.observe),
  };
}

/** The run that a trace is of. */
export function runOf({ initial, steps }: Trace): Run {
  const moves = steps.map(({ task, transition, choice }) => ({
    task,
    transition,
    ...(choice !== undefined && { choice }),
  }));
  return { initial, moves };
}

/** Steps of an execution as a trace tells them. */
export function stepsOf(
  model: Model,
  { steps }: Execution,
  observe: Observations | undefined,
): readonly TraceStep[] {
  return steps.map((step) => {
    const { label, source, decision, weight } = step.transition;
    return {
      ...step.move,
      label,
      ...(source && { source }),
      ...(decision && { decision }),
      adverse: weight > 0,
      changes: changesOf(model, step),
      held: heldBy(model, observe, step.after ?? step.before, step.move.task).map(showLock),
      events: eventsOf(model, step),
    };
  });
}
