import type { Primitive } from "../primitive.ts";
import { sharedLock, spinningLock } from "./lock.ts";
import { locking, resched, trying } from "./row.ts";
import { spinCalls } from "./spin-calls.ts";

const SCHED = "include/linux/sched.h";
const FILE = "include/linux/rwlock.h";
const { read, write } = sharedLock(spinningLock, "spinlock");

/** Spinning locks that readers share. */
export const rwlockRows: readonly Primitive[] = [
  ...spinCalls({ lock: "read_lock", unlock: "read_unlock", source: FILE, on: read }),
  ...spinCalls({ lock: "write_lock", unlock: "write_unlock", source: FILE, on: write }),
  locking("write_lock_nested", FILE, write),
  resched("cond_resched_rwlock_read", SCHED, read),
  resched("cond_resched_rwlock_write", SCHED, write),
  trying("read_trylock", FILE, read),
  trying("write_trylock", FILE, write),
];
