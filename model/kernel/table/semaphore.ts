import type { Primitive } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import {
  adverse,
  arguing,
  fallible,
  forgetting,
  killable,
  locking,
  ordinary,
  outcomes,
  trying,
  unlocking,
} from "./row.ts";

const SEMAPHORE = "include/linux/semaphore.h";
const SOURCE = "kernel/locking/semaphore.c";
const CONSOLE = "include/linux/console.h";
const console = sleepingLock("console-lock", { global: "console_sem" });

/** It counts: it may be taken several times, and another task may give back what this one took. */
const semaphore = sleepingLock("semaphore");

/** Semaphores, and the console's, which is used as a lock. */
export const semaphoreRows: readonly Primitive[] = [
  locking("down", SEMAPHORE, semaphore),
  killable("down_interruptible", SEMAPHORE, semaphore),
  killable("down_killable", SEMAPHORE, semaphore),
  fallible("down_timeout", SEMAPHORE, semaphore),
  ...arguing(
    "its body counts, which is what a semaphore is",
    outcomes("down_trylock", SOURCE, ordinary("locked", "zero", semaphore.take), adverse("fails", "nonzero")),
  ),
  unlocking("up", SEMAPHORE, semaphore),
  locking("console_lock", CONSOLE, console),
  trying("console_trylock", CONSOLE, console),
  unlocking("console_unlock", CONSOLE, console),
  /** Another task may have taken the lock over where it fails: its third argument says so. */
  outcomes(
    "console_flush_all",
    "kernel/printk/printk.c",
    ordinary("flushed", "nonzero", []),
    forgetting(adverse("stopped", "zero"), ...console.drop),
  ),
];
