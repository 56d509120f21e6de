import type { Run } from "../../checker/result.ts";
import { memberBounds, showValue } from "../../model/ir/domain.ts";
import { type Model, setsOf, type Variable } from "../../model/ir/model.ts";
import type { Observations } from "../../model/kernel/observation.ts";
import { VERSION } from "../../model/tool-version.ts";
import type { Subject } from "../subject.ts";
import { eventsOf } from "./events.ts";
import { type ExecutedStep, type Execution, execute } from "./execution.ts";
import { heldBy, showLock } from "./held.ts";
import type { Change, Trace, TraceStep } from "./trace.ts";
import { endingOf } from "./violation.ts";

/**
 * Turns a run of a subject that violates a property, or shows that the model is wrong where it is judged, into a trace.
 * @throws Error where the run is none of the model's, or the property holds at its end.
 */
export function traceOf(subject: Subject, property: string, run: Run, shortest: boolean): Trace {
  const found = traceFor(subject, property, run, shortest);
  if (!found) throw new Error(`the run does not violate ${property}`);
  return found;
}

/** The same; undefined where the property holds at the end of the run. */
export function traceFor(subject: Subject, property: string, run: Run, shortest: boolean): Trace | undefined {
  const model = subject.judgedBy(subject.properties.filter((each) => each === property));
  const execution = execute(model, run);
  const ending = endingOf(model, execution, property);
  if (!ending) return undefined;
  return {
    schema: "holdfast-trace",
    schemaVersion: 1,
    tool: VERSION,
    model: subject.identity,
    property,
    ...ending,
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

/** What a step changed, in values as people read them; where the task stands is told by its source line. */
function changesOf(model: Model, { before, patches }: ExecutedStep): readonly Change[] {
  return patches.flatMap(({ path, value }) => {
    const [place, ...rest] = path;
    const [owner, , ...inTask] = rest;
    const [name, position] = place === "shared" ? rest : inTask;
    const variable = model.variables.find((each) => each.name === name);
    if (!variable) return [];
    const change = { variable: nameOf(model, variable, position), to: show(variable, value) };
    const from = show(variable, path.reduce<unknown>(child, before));
    return [{ ...change, from, ...(place === "tasks" && { task: Number(owner) + 1 }) }];
  });
}

const child = (parent: unknown, key: string | number): unknown =>
  (parent as Readonly<Record<string | number, unknown>>)[key];

const show = ({ domain }: Variable, value: unknown): string => showValue(domain, Number(value));

/** `position`, or `folio-lock.owner[folio 1]`. */
function nameOf(model: Model, { name, index }: Variable, position: string | number | undefined): string {
  if (!index || position === undefined) return name;
  const first = memberBounds(index, setsOf(model)).min;
  return `${name}[${showValue(index, first + Number(position))}]`;
}
