import type { Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import { VERSION } from "../../model/tool-version.ts";
import type { Subject } from "../subject.ts";
import { changesOf } from "./changes.ts";
import { eventsOf } from "./events.ts";
import { type ExecutedStep, type Execution, execute } from "./execution.ts";
import { type HeldLock, heldAfter, showLock } from "./held.ts";
import type { Trace, TraceEvent, TraceStep } from "./trace.ts";
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
    steps: stepsOf(model, execution),
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
export function stepsOf(model: Model, { steps }: Execution): readonly TraceStep[] {
  let held: readonly HeldLock[] = [];
  return steps.map((step) => {
    const events = eventsOf(model, step);
    held = heldAfter(held, step.move.task, events);
    return stepOf(model, step, events, held);
  });
}

function stepOf(
  model: Model,
  step: ExecutedStep,
  events: readonly TraceEvent[],
  held: readonly HeldLock[],
): TraceStep {
  const { label, source, decision, weight } = step.transition;
  const own = held.filter(({ task }) => task === step.move.task);
  return {
    ...step.move,
    label,
    ...(source && { source }),
    ...(decision && { decision }),
    adverse: weight > 0,
    changes: changesOf(model, step),
    held: own.map(showLock),
    events,
  };
}
