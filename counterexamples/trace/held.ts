import { evaluate, type State, unlessWrong } from "../../checker/interpret/interpret.ts";
import { memberBounds } from "../../model/ir/domain.ts";
import { constant, type Expression } from "../../model/ir/expression.ts";
import { type Model, setsOf } from "../../model/ir/model.ts";
import type { Observations } from "../../model/kernel/observation.ts";

/** A lock that a task holds: its class, and which one where there are several. */
export interface HeldLock {
  readonly lock: string;
  readonly instance?: number;
  readonly shared: boolean;
}

/** The locks that a task holds, read off the state; none where the model says nothing of locks. */
export function heldBy(
  model: Model,
  observe: Observations | undefined,
  state: State,
  task: number,
): readonly HeldLock[] {
  if (!observe) return [];
  const holds = (condition: Expression | undefined) =>
    condition !== undefined && unlessWrong(() => evaluate(condition, { model, state, self: task })) === 1;
  return (observe.locks ?? []).flatMap((lock) =>
    instancesOf(model, observe, lock)
      .filter((instance) => holds(observe.held(lock, instance)))
      .map((instance) => ({
        lock,
        ...(instance && { instance: instance.value }),
        shared: holds(observe.heldAs?.(lock, "shared", instance)),
      })),
  );
}

/** `ptl`, `mmap_lock (shared)`, `folio-lock 1`. */
export function showLock({ lock, instance, shared }: HeldLock): string {
  return `${lock}${instance === undefined ? "" : ` ${instance}`}${shared ? " (shared)" : ""}`;
}

type Instance = ReturnType<typeof constant> | undefined;

function instancesOf(model: Model, { instances }: Observations, lock: string): readonly Instance[] {
  const domain = instances?.(lock);
  if (!domain) return [undefined];
  const { min, max } = memberBounds(domain, setsOf(model));
  return Array.from({ length: max - min + 1 }, (_, offset) => constant(min + offset));
}
