import type { Primitive } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import { maySleep } from "./operations.ts";
import { adverse, fallible, locking, ordinary, outcomes, trying, unlocking } from "./row.ts";

const HEADER = "include/linux/ww_mutex.h";
const wound = sleepingLock("ww-mutex");

/**
 * Wound/wait mutexes. One that is taken with a context fails with -EDEADLK where an older context wants it, and
 * with -EALREADY where this one has it (kernel/locking/mutex.c: __mutex_lock_common); the first of a context, and
 * one without a context, are always had.
 */
export const wwMutexRows: readonly Primitive[] = [
  outcomes("ww_mutex_lock", HEADER, ordinary("locked", "zero", [maySleep, ...wound.take]), {
    ...adverse("wounded", "negative", [maySleep]),
    heeded: true,
  }),
  fallible("ww_mutex_lock_interruptible", HEADER, wound),
  locking("ww_mutex_lock_slow", HEADER, wound),
  fallible("ww_mutex_lock_slow_interruptible", HEADER, wound),
  trying("ww_mutex_trylock", HEADER, wound),
  unlocking("ww_mutex_unlock", HEADER, wound),
];
