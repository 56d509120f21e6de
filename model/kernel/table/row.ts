import type { Context, Mode, ObjectOperation, Operand, Operation } from "../operation.ts";
import type { Outcome, Primitive, ReturnClass } from "../primitive.ts";

/** A row with one outcome. */
export function row(
  name: string,
  kernel: string,
  does: readonly Operation[],
  returns: ReturnClass = "void",
): Primitive {
  return { name, kernel, outcomes: [{ name: "done", weight: 0, does, returns }] };
}

/** A row whose call can turn out in several ways; the ordinary one first. */
export function outcomes(name: string, kernel: string, ...ways: readonly Outcome[]): Primitive {
  return { name, kernel, outcomes: ways };
}

export const ordinary = (name: string, returns: ReturnClass, does: readonly Operation[]): Outcome => ({
  name,
  weight: 0,
  returns,
  does,
});

export const adverse = (name: string, returns: ReturnClass, does: readonly Operation[] = []): Outcome => ({
  name,
  weight: 1,
  returns,
  does,
});

export const acquire = (object: string, operand: Operand = 0, mode: Mode = "exclusive"): Operation => ({
  kind: "acquire",
  object,
  operand,
  mode,
});

export const release = (object: string, operand: Operand = 0, mode: Mode = "exclusive"): Operation => ({
  kind: "release",
  object,
  operand,
  mode,
});

export const enter = (object: Context): Operation => ({ kind: "enter", object });
export const leave = (object: Context): Operation => ({ kind: "leave", object });

/** A spinning lock also disables preemption (kernel/locking/spinlock.c: __raw_spin_lock). */
export const spinAcquire = (object: string, operand: Operand = 0, mode: Mode = "exclusive") => [
  enter("preempt"),
  acquire(object, operand, mode),
];

/** The lock goes first, then the preempt count (include/linux/spinlock_api_smp.h: __raw_spin_unlock). */
export const spinRelease = (object: string, operand: Operand = 0, mode: Mode = "exclusive") => [
  release(object, operand, mode),
  leave("preempt"),
];

export const touch = (kind: ObjectOperation["kind"], object: string, operand: Operand = 0): Operation => ({
  kind,
  object,
  operand,
});

/** might_sleep(): the debug check at the head of what may block. */
export const maySleep: Operation = { kind: "may-sleep", object: "task" };
/** The processor is really given up. */
export const schedules: Operation = { kind: "schedule", object: "task" };
