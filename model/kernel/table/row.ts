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

/** Interrupts go off, and how they were is kept in a variable: which argument, or the result. */
export const saveIrq = (operand: Operand): readonly Operation[] => [
  enter("irq"),
  { kind: "save", object: "irq-flags", operand },
];
export const restoreIrq = (operand: Operand): readonly Operation[] => [
  leave("irq"),
  { kind: "restore", object: "irq-flags", operand },
];

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

/** The same operations on a lock that lies behind the operand, e.g. `->i_rwsem`. */
export const along = (path: string, operations: readonly Operation[]): readonly Operation[] =>
  operations.map((each) => (each.kind === "acquire" || each.kind === "release" ? { ...each, path } : each));

/** A lock that has a name of its own and no operand. */
export const global = (path: string, operations: readonly Operation[]): readonly Operation[] =>
  operations.map((each) => {
    if (each.kind !== "acquire" && each.kind !== "release") return each;
    const { operand: _, ...rest } = each;
    return { ...rest, path };
  });

/** The same operations whatever was held before. */
export const regardless = (operations: readonly Operation[]): readonly Operation[] =>
  operations.map((each) =>
    each.kind === "acquire" || each.kind === "release" ? { ...each, regardless: true } : each,
  );

/** Never sleeps: takes the lock or says no. */
export const trying = (name: string, kernel: string, take: readonly Operation[]): Primitive =>
  outcomes(name, kernel, ordinary("locked", "nonzero", take), adverse("fails", "zero"));

/** Sleeps for the lock; a signal makes it return an error without it. */
export const killable = (name: string, kernel: string, take: readonly Operation[]): Primitive =>
  outcomes(
    name,
    kernel,
    ordinary("locked", "zero", [maySleep, ...take]),
    adverse("interrupted", "negative", [maySleep]),
  );
