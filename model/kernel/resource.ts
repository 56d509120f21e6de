import type { Domain } from "../ir/domain.ts";
import { and, constant, type Expression, less } from "../ir/expression.ts";
import type { Update, Variable } from "../ir/model.ts";
import {
  type ArrayHandle,
  bool,
  idOf,
  local,
  localArray,
  oneOf,
  owner,
  type Place,
  range,
  type ScalarHandle,
  self,
  shared,
  sharedArray,
} from "../ir/place.ts";
import type { Context, Mode, Operation } from "./operation.ts";

/** When an operation can happen and what it changes, in the state before it. */
export interface Effect {
  readonly guard?: Expression;
  readonly updates: readonly Update[];
}

/** One kernel object of a scenario: its variables, what operations do to it, and what can be seen of it. */
export interface Resource {
  /** The object of the operations it answers to. */
  readonly object: string;
  readonly variables: readonly Variable[];
  bind(operation: Operation): Effect | undefined;
  /** Held, entered or mapped by the acting task. */
  readonly held?: (instance?: Expression) => Expression;
  /** Nesting or reference count of the acting task. */
  readonly count?: (instance?: Expression) => Expression;
  /** What its instances are numbered by, where there are several. */
  readonly instances?: Domain;
  /** Of ptes: whether they are one, or map consecutive pages of one folio. */
  readonly sameFolio?: (instance: Expression, extent: Expression) => Expression;
  /** Of the TLB: whether it still holds what a pte said before. */
  readonly stale?: (pte?: Expression) => Expression;
}

/** A lock with one owner. Releasing somebody else's releases theirs, as in the kernel. */
export function ownedLock(object: string, per?: Domain): Resource {
  const lock: ScalarHandle<typeof owner> | ArrayHandle<typeof owner> = per
    ? sharedArray(`${object}.owner`, per, owner)
    : shared(`${object}.owner`, owner);
  const at = (instance?: Expression) => placeOf(lock, instance);
  return {
    object,
    variables: [lock.variable],
    ...(per && { instances: per }),
    held: (instance) => at(instance).is(self),
    bind: (operation) => {
      if (operation.object !== object) return undefined;
      const it = at(instanceOf(operation));
      if (operation.kind === "acquire") return { guard: it.is("none"), updates: [it.set(self)] };
      return operation.kind === "release" ? { updates: [it.set("none")] } : undefined;
    },
  };
}

/**
 * A lock held by many readers; where the scenario has writers, by one of them instead. `entry`: how each
 * task holds it when it comes in.
 */
export function readWriteLock(
  object: string,
  tasks: number,
  { writers, entry }: { writers: boolean; entry?: Mode },
): Resource {
  const readers = shared(`${object}.readers`, range(0, tasks), entry === "shared" ? tasks : 0);
  const writer = shared(`${object}.writer`, owner);
  const mode = local(`${object}.mode`, oneOf("none", "shared", "exclusive"), entry ?? "none");
  const acquire = (as: Mode): Effect =>
    as === "shared"
      ? { ...(writers && { guard: writer.is("none") }), updates: [readers.increment(), mode.set("shared")] }
      : { guard: and(writer.is("none"), readers.is(0)), updates: [writer.set(self), mode.set("exclusive")] };
  const release = (as: Mode): Effect => ({
    updates: [as === "shared" ? readers.decrement() : writer.set("none"), mode.set("none")],
  });
  return {
    object,
    variables: [readers, mode, ...(writers ? [writer] : [])].map((each) => each.variable),
    held: () => mode.isNot("none"),
    bind: (operation) => {
      if (operation.object !== object) return undefined;
      if (operation.kind === "acquire") return acquire(operation.mode);
      return operation.kind === "release" ? release(operation.mode) : undefined;
    },
  };
}

/**
 * A nesting counter of the task, which real code can drive below zero: from -`below` to `above`, beyond
 * which a path ends. Scheduling while preemption is off heals its count (kernel/sched/core.c:
 * schedule_debug).
 */
export function nesting(context: Context, { below, above }: { below: number; above: number }): Resource {
  const depth = local(`${context}.depth`, range(-below, above, "end-path"));
  return {
    object: context,
    variables: [depth.variable],
    held: () => less(constant(0), depth.value),
    count: () => depth.value,
    bind: (operation) => {
      if (operation.kind === "schedule")
        return context === "preempt" ? { updates: [depth.set(0)] } : undefined;
      if (operation.object !== context) return undefined;
      if (operation.kind === "enter") return { updates: [depth.increment()] };
      return operation.kind === "leave" ? { updates: [depth.decrement()] } : undefined;
    },
  };
}

/** A mode that is on or off and does not nest, as lazy MMU mode in 6.12. */
export function mode(context: Context): Resource {
  const on = local(`${context}.on`, bool);
  return switched(context, on, ["enter", "leave"]);
}

/** The task's mapping of a page table. */
export function mapping(object: string): Resource {
  return switched(object, local(`${object}.mapped`, bool), ["map", "unmap"]);
}

function switched(
  object: string,
  on: ScalarHandle<typeof bool>,
  [start, stop]: readonly [string, string],
): Resource {
  return {
    object,
    variables: [on.variable],
    held: () => on.value,
    count: () => on.value,
    bind: (operation) => {
      if (operation.object !== object) return undefined;
      if (operation.kind === start) return { updates: [on.set(true)] };
      return operation.kind === stop ? { updates: [on.set(false)] } : undefined;
    },
  };
}

/** References that the task holds on each member of a set (its own where absent) beyond those it came with. */
export function references(
  object: string,
  { below, above }: { below: number; above: number },
  per: Domain = idOf(object),
): Resource {
  const count = localArray(`${object}.references`, per, range(-below, above, "end-path"));
  return {
    object,
    instances: per,
    variables: [count.variable],
    count: (instance) => placeOf(count, instance).value,
    bind: (operation) => {
      if (operation.object !== object) return undefined;
      const it = placeOf(count, instanceOf(operation));
      if (operation.kind === "get") return { updates: [it.increment()] };
      return operation.kind === "put" ? { updates: [it.decrement()] } : undefined;
    },
  };
}

function instanceOf(operation: Operation): Expression | undefined {
  return "instance" in operation ? operation.instance : undefined;
}

function placeOf<D extends Domain>(
  handle: ScalarHandle<D> | ArrayHandle<D>,
  instance?: Expression,
): Place<D> {
  if (!("at" in handle)) return handle;
  if (!instance) throw new Error(`'${handle.variable.name}' is an array: say which instance`);
  return handle.at(instance);
}
