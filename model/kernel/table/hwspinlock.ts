import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { type Lock, plainLock, spinningLock } from "./lock.ts";
import { enter, leave, restoreIrq, saveIrq } from "./operations.ts";
import { adverse, ordinary, outcomes, unlocking } from "./row.ts";

const FILE = "include/linux/hwspinlock.h";
const spinning = spinningLock("hwspinlock");
/** Its caller sees to it that no other task of this processor wants it, and may sleep. */
const raw = plainLock("raw-hwspinlock");

/** What a form of the calls disables; the flags are the last argument of each call. */
interface Form {
  readonly suffix: string;
  readonly on: Lock;
  readonly before?: (flags: number) => readonly Operation[];
  readonly unlock?: string;
  readonly after?: readonly Operation[];
}

const FORMS: readonly Form[] = [
  { suffix: "", on: spinning },
  { suffix: "_irq", on: spinning, before: () => [enter("irq")], after: [leave("irq")] },
  { suffix: "_irqsave", on: spinning, before: saveIrq, unlock: "_irqrestore", after: restoreIrq(1) },
  { suffix: "_raw", on: raw },
  { suffix: "_in_atomic", on: raw },
];

const zeroIfTaken = (name: string, does: readonly Operation[]): Primitive =>
  outcomes(name, FILE, ordinary("locked", "zero", does), adverse("fails", "negative"));

/** Locks that processors of different kinds share (drivers/hwspinlock/hwspinlock_core.c: __hwspin_trylock). */
export const hwspinlockRows: readonly Primitive[] = FORMS.flatMap(
  ({ suffix, on, before = () => [], unlock = suffix, after = [] }) => [
    zeroIfTaken(`hwspin_trylock${suffix}`, [...before(1), ...on.take]),
    zeroIfTaken(`hwspin_lock_timeout${suffix}`, [...before(2), ...on.take]),
    unlocking(`hwspin_unlock${unlock}`, FILE, on, ...after),
  ],
);
