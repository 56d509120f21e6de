import { type Environment, evaluate, type State } from "../../checker/interpret/interpret.ts";
import { constant } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Observations } from "../../model/kernel/observation.ts";
import { WITHOUT_LOCK_MAP } from "../../model/kernel/report.ts";
import { heldBy, showLock } from "../trace/held.ts";
import type { TraceEvent } from "../trace/trace.ts";
import type { KernelConfig } from "./kernel-log.ts";

/** What the kernel keeps of a task for its debug checks. */
export interface TaskContext {
  /** As lockdep lists them: in the order of their acquisition, RCU read sections among them. */
  readonly held: readonly string[];
  readonly preemptCount: number;
}

/** As the task comes in. */
export function contextAt(model: Model, observe: Observations, state: State, task: number): TaskContext {
  const environment: Environment = { model, state, self: task };
  return {
    held: heldBy(model, observe, state, task)
      .filter(({ lock }) => !WITHOUT_LOCK_MAP.includes(lock))
      .map(showLock),
    preemptCount: evaluate(observe.depth("preempt"), environment),
  };
}

export function afterEvent(context: TaskContext, event: TraceEvent, config: KernelConfig): TaskContext {
  return {
    held: heldAfter(context.held, event),
    preemptCount: countAfter(context.preemptCount, event, config),
  };
}

function heldAfter(held: readonly string[], event: TraceEvent): readonly string[] {
  const name = lockOf(event);
  if (name === undefined) return held;
  if (event.kind === "acquire" || event.kind === "enter") return [...held, name];
  const last = held.lastIndexOf(name);
  return held.filter((_, at) => at !== last);
}

/** What lockdep knows the event's lock as: undefined where it knows none. */
export function lockOf({ kind, object, instance, mode }: TraceEvent): string | undefined {
  if ((kind === "enter" || kind === "leave") && object === "rcu") return "rcu_read_lock";
  if ((kind !== "acquire" && kind !== "release") || WITHOUT_LOCK_MAP.includes(object)) return undefined;
  return `${object}${instance === undefined ? "" : ` ${instance}`}${mode === "shared" ? " (shared)" : ""}`;
}

/** The count heals where the scheduler finds it wrong (schedule_debug). */
function countAfter(count: number, { kind, object }: TraceEvent, { debugPreempt }: KernelConfig): number {
  if (kind === "schedule") return 0;
  if (object !== "preempt") return count;
  if (kind === "enter") return count + 1;
  return kind === "leave" && !(debugPreempt && count < 1) ? count - 1 : count;
}

/** The observations with the count that this kernel has, which the model's may differ from. */
export const observing = (observe: Observations, { preemptCount }: TaskContext): Observations => ({
  ...observe,
  depth: (context) => (context === "preempt" ? constant(preemptCount) : observe.depth(context)),
});
