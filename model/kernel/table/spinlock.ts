import type { Primitive } from "../primitive.ts";
import { spinningLock } from "./lock.ts";
import { restoreIrq, saveIrq } from "./operations.ts";
import { adverse, locking, ordinary, outcomes, resched, trying, unlocking } from "./row.ts";
import { formsBut, spinCalls } from "./spin-calls.ts";

const SPIN = "include/linux/spinlock.h";
const REFCOUNT = "include/linux/refcount.h";
const KREF = "include/linux/kref.h";
const XARRAY = "include/linux/xarray.h";
const SCHED = "include/linux/sched.h";
const TASK = "include/linux/sched/task.h";
const SIGNAL = "include/linux/sched/signal.h";

const spinlock = spinningLock("spinlock");
/** The second argument, of calls that first count a reference down. */
const counted = spinningLock("spinlock", { operand: 1 });

/** Spinlocks and raw spinlocks by their own calls. */
const plain: readonly Primitive[] = [
  ...spinCalls({
    lock: "spin_lock",
    unlock: "spin_unlock",
    trylock: "spin_trylock",
    source: SPIN,
    on: spinlock,
  }),
  locking("spin_lock_nested", SPIN, spinlock),
  locking("spin_lock_nest_lock", SPIN, spinlock),
  locking("spin_lock_irqsave_nested", SPIN, spinlock, ...saveIrq(1)),
  ...spinCalls({
    lock: "raw_spin_lock",
    unlock: "raw_spin_unlock",
    trylock: "raw_spin_trylock",
    source: SPIN,
    on: spinlock,
  }),
  locking("raw_spin_lock_nested", SPIN, spinlock),
  locking("raw_spin_lock_irqsave_nested", SPIN, spinlock, ...saveIrq(1)),
  resched("cond_resched_lock", SCHED, spinlock),
  trying("atomic_dec_and_lock", SPIN, counted),
  trying("atomic_dec_and_lock_irqsave", SPIN, counted, ...saveIrq(2)),
  trying("refcount_dec_and_lock", REFCOUNT, counted),
  trying("kref_put_lock", KREF, spinningLock("spinlock", { operand: 2 })),
  trying("refcount_dec_and_lock_irqsave", REFCOUNT, counted, ...saveIrq(2)),
];

const xarray = spinningLock("spinlock", { path: ".xa_lock" });
const taskLock = spinningLock("spinlock", { path: "->alloc_lock" });
const sighand = spinningLock("spinlock", { path: "->sighand->siglock" });

/** Spinlocks that calls find by what they protect. */
const named: readonly Primitive[] = [
  ...spinCalls({
    lock: "raw_spin_lock",
    unlock: "raw_spin_unlock",
    source: "kernel/rcu/rcu.h",
    on: spinningLock("spinlock", { path: "->lock" }),
    forms: formsBut("_bh"),
    end: "_rcu_node",
  }),
  ...spinCalls({ lock: "xa_lock", unlock: "xa_unlock", source: XARRAY, on: xarray }),
  ...spinCalls({ lock: "xas_lock", unlock: "xas_unlock", source: XARRAY, on: xarray }),
  trying("xa_trylock", XARRAY, xarray),
  locking("task_lock", TASK, taskLock),
  unlocking("task_unlock", TASK, taskLock),
  outcomes(
    "lock_task_sighand",
    SIGNAL,
    ordinary("locked", "pointer", [...saveIrq(1), ...sighand.take]),
    adverse("task is gone", "null"),
  ),
  unlocking("unlock_task_sighand", SIGNAL, sighand, ...restoreIrq(1)),
];

export const spinlockRows: readonly Primitive[] = [...plain, ...named];
