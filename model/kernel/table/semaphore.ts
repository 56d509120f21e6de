import type { Primitive } from "../primitive.ts";
import { sleepingLock } from "./lock.ts";
import { maySleep } from "./operations.ts";
import { adverse, forgetting, locking, ordinary, outcomes, row, sleeping, trying, unlocking } from "./row.ts";

const SEMAPHORE = "include/linux/semaphore.h";
const CONSOLE = "include/linux/console.h";
const console = sleepingLock("semaphore", { global: "console_sem" });

/** A semaphore is no lock, as another task may raise it; the console's is used as one. */
export const semaphoreRows: readonly Primitive[] = [
  row("down", SEMAPHORE, [maySleep]),
  sleeping("down_interruptible", SEMAPHORE),
  sleeping("down_killable", SEMAPHORE),
  sleeping("down_timeout", SEMAPHORE),
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
