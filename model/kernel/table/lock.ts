import type { Operand, Operation } from "../operation.ts";
import { acquire, enter, type LockPlace, leave, release } from "./operations.ts";

/** A lock as a call names it: what taking it does, and what releasing it does. */
export interface Lock {
  readonly take: readonly Operation[];
  readonly drop: readonly Operation[];
  /** Taking it may sleep, unless the call only tries. */
  readonly sleeps: boolean;
  readonly operand: Operand;
}

/** A lock whose calls neither sleep nor disable preemption. */
export const plainLock = (object: string, place: LockPlace = {}): Lock => ({
  take: [acquire(object, place)],
  drop: [release(object, place)],
  sleeps: false,
  operand: place.operand ?? 0,
});

export const sleepingLock = (object: string, place: LockPlace = {}): Lock => ({
  ...plainLock(object, place),
  sleeps: true,
});

/**
 * A spinning lock also disables preemption (kernel/locking/spinlock.c: __raw_spin_lock). Its release comes
 * before the preempt count goes down (include/linux/spinlock_api_smp.h: __raw_spin_unlock).
 */
export const spinningLock = (object: string, place: LockPlace = {}): Lock => ({
  ...plainLock(object, place),
  take: [enter("preempt"), acquire(object, place)],
  drop: [release(object, place), leave("preempt")],
});

/** The two ways to take a lock that readers share. */
export interface SharedLock {
  readonly read: Lock;
  readonly write: Lock;
}

export const sharedLock = (
  kind: typeof sleepingLock,
  object: string,
  place: Omit<LockPlace, "mode"> = {},
): SharedLock => ({ read: kind(object, { ...place, mode: "shared" }), write: kind(object, place) });
