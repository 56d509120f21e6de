import type { Context, Operation } from "../operation.ts";
import type { Outcome, Primitive, ReturnClass } from "../primitive.ts";
import type { Lock } from "./lock.ts";
import { enter, leave, maySleep } from "./operations.ts";

/** All builders take as `source` the kernel's file, or `file: function` where the call is a wrapper of that function. */
const citation = (name: string, source: string): string =>
  source.includes(": ") ? source : `${source}: ${name}`;

/** A row whose call can turn out in several ways; the ordinary one first. */
export const outcomes = (name: string, source: string, ...possible: readonly Outcome[]): Primitive => ({
  name,
  kernel: citation(name, source),
  outcomes: possible,
});

export const ordinary = (name: string, returns: ReturnClass, does: readonly Operation[]): Outcome => ({
  name,
  weight: 0,
  returns,
  does,
});

export const adverse = (name: string, returns: ReturnClass, does: readonly Operation[] = []): Outcome => ({
  ...ordinary(name, returns, does),
  weight: 1,
});

/** The same outcome, after which nothing is known of these locks. */
export const forgetting = (outcome: Outcome, ...forgets: readonly Operation[]): Outcome => ({
  ...outcome,
  forgets,
});

/** A row with one outcome. */
export const row = (
  name: string,
  source: string,
  does: readonly Operation[],
  returns: ReturnClass = "void",
): Primitive => outcomes(name, source, ordinary("done", returns, does));

const lockable = ({ sleeps, take }: Lock, before: readonly Operation[] = []): readonly Operation[] => [
  ...(sleeps ? [maySleep] : []),
  ...before,
  ...take,
];

/** Takes the lock, after what the call does before; a lock found through the call's result is returned. */
export const locking = (
  name: string,
  source: string,
  lock: Lock,
  ...before: readonly Operation[]
): Primitive => row(name, source, lockable(lock, before), lock.operand === "result" ? "pointer" : "void");

/** Releases the lock, before what else the call does. */
export const unlocking = (
  name: string,
  source: string,
  lock: Lock,
  ...after: readonly Operation[]
): Primitive => row(name, source, [...lock.drop, ...after]);

/** Never sleeps: it takes the lock and returns true, or does nothing and returns false. */
export const trying = (
  name: string,
  source: string,
  { take }: Lock,
  ...before: readonly Operation[]
): Primitive =>
  outcomes(name, source, ordinary("locked", "positive", [...before, ...take]), adverse("fails", "zero"));

/** Sleeps for the lock and returns 0; a signal makes it return -EINTR without the lock. */
export const killable = (name: string, source: string, lock: Lock): Primitive =>
  outcomes(name, source, ordinary("locked", "zero", lockable(lock)), {
    ...adverse("interrupted", "negative", [maySleep]),
    exactly: "-EINTR",
  });

/** Sleeps for the lock and returns 0, or one of several errors without the lock. */
export const fallible = (name: string, source: string, lock: Lock): Primitive =>
  outcomes(
    name,
    source,
    ordinary("locked", "zero", lockable(lock)),
    adverse("refused", "negative", [maySleep]),
  );

/** Returns with the lock of what it returns; with `failure`, and without the lock, where there is none. */
export const finding = (name: string, source: string, lock: Lock, failure: Outcome["returns"]): Primitive =>
  outcomes(
    name,
    source,
    ordinary("found", "pointer", lockable(lock)),
    adverse("not found", failure, lock.sleeps ? [maySleep] : []),
  );

/** May release the lock, sleep and take it again: right where nothing else forbids it. */
export const resched = (name: string, source: string, { drop, take }: Lock): Primitive =>
  row(name, source, [...drop, maySleep, ...take], "any");

export const entering = (name: string, source: string, context: Context): Primitive =>
  row(name, source, [enter(context)]);

/** Enters the context and returns what the section works with, e.g. a processor's number. */
export const enteringWith = (name: string, source: string, context: Context): Primitive =>
  row(name, source, [enter(context)], "any");

export const leaving = (name: string, source: string, context: Context): Primitive =>
  row(name, source, [leave(context)]);

/** May sleep, and does nothing else that a lock could notice. */
export const sleeping = (name: string, source: string): Primitive => row(name, source, [maySleep], "any");

/** Rows of kernels from this version on. */
export const since = (version: string, ...rows: readonly Primitive[]): readonly Primitive[] =>
  rows.map((each) => ({ ...each, since: version }));

/** Rows of kernels up to this version. */
export const until = (version: string, ...rows: readonly Primitive[]): readonly Primitive[] =>
  rows.map((each) => ({ ...each, until: version }));

/** Rows that say otherwise than the bodies in the kernel's source, and why. */
export const arguing = (argued: string, ...rows: readonly Primitive[]): readonly Primitive[] =>
  rows.map((each) => ({ ...each, argued }));
