import type {
  Context,
  LockOperation,
  Mode,
  ObjectOperation,
  Operand,
  Operation,
  SleepOperation,
} from "../operation.ts";

/** Which lock a call is about. */
export interface LockPlace {
  /** `exclusive` where absent. */
  readonly mode?: Mode;
  /** The first argument where absent. */
  readonly operand?: Operand;
  /** Leads from the operand to the lock, e.g. `->i_rwsem`. */
  readonly path?: string;
  /** The name of a lock that the kernel has once; it has no operand. */
  readonly global?: string;
}

const lockOperation = (
  kind: LockOperation["kind"],
  object: string,
  { mode = "exclusive", operand = 0, path, global }: LockPlace,
): LockOperation =>
  global === undefined
    ? { kind, object, operand, mode, ...(path !== undefined && { path }) }
    : { kind, object, mode, path: global };

export const acquire = (object: string, place: LockPlace = {}): LockOperation =>
  lockOperation("acquire", object, place);
export const release = (object: string, place: LockPlace = {}): LockOperation =>
  lockOperation("release", object, place);

/** All locks of a class, where what a call does to one of them can't be told by its arguments. */
export const everyLock = (object: string): LockOperation => ({ kind: "release", object, mode: "exclusive" });

/** The same operations whatever was held before. */
export const regardless = (operations: readonly Operation[]): readonly Operation[] =>
  operations.map((each) =>
    each.kind === "acquire" || each.kind === "release" ? { ...each, regardless: true } : each,
  );

export const enter = (object: Context): Operation => ({ kind: "enter", object });
export const leave = (object: Context): Operation => ({ kind: "leave", object });

const irqFlags = (kind: "save" | "restore", operand: Operand, path?: string): Operation => ({
  kind,
  object: "irq-flags",
  operand,
  ...(path !== undefined && { path }),
});

/** Disables interrupts and saves their state in an argument or the result, or behind it where there is a path. */
export const saveIrq = (operand: Operand, path?: string): readonly Operation[] => [
  enter("irq"),
  irqFlags("save", operand, path),
];
export const restoreIrq = (operand: Operand, path?: string): readonly Operation[] => [
  leave("irq"),
  irqFlags("restore", operand, path),
];

export const touch = (kind: ObjectOperation["kind"], object: string, operand: Operand = 0): Operation => ({
  kind,
  object,
  operand,
});

/** might_sleep(): the debug check at the head of what may block. */
export const maySleep: SleepOperation = { kind: "may-sleep", object: "task" };
/** The processor is really given up. */
export const schedules: SleepOperation = { kind: "schedule", object: "task" };
