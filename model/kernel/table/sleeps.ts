import type { Primitive } from "../primitive.ts";
import { maySleep, row } from "./row.ts";

/** What sleeps and does nothing else that a lock could notice, by the file that says so. */
const SLEEPING: Readonly<Record<string, readonly string[]>> = {
  "include/linux/delay.h": ["msleep", "msleep_interruptible", "usleep_range", "ssleep", "fsleep"],
  "include/linux/sched.h": [
    "io_schedule",
    "io_schedule_timeout",
    "schedule_timeout",
    "schedule_timeout_interruptible",
    "schedule_timeout_killable",
    "schedule_timeout_uninterruptible",
    "schedule_timeout_idle",
    "yield",
  ],
  "include/linux/completion.h": [
    "wait_for_completion",
    "wait_for_completion_interruptible",
    "wait_for_completion_killable",
    "wait_for_completion_timeout",
  ],
  "include/linux/wait.h": [
    "wait_event",
    "wait_event_freezable",
    "wait_event_idle",
    "wait_event_interruptible",
    "wait_event_interruptible_timeout",
    "wait_event_killable",
    "wait_event_timeout",
  ],
  "include/linux/rcutree.h": ["synchronize_rcu_expedited"],
  "kernel/rcu/tree.c": ["synchronize_rcu"],
  "include/linux/srcu.h": ["synchronize_srcu"],
  "include/linux/workqueue.h": [
    "flush_work",
    "flush_workqueue",
    "cancel_work_sync",
    "cancel_delayed_work_sync",
    "drain_workqueue",
  ],
  "include/linux/vmalloc.h": ["vmalloc", "vzalloc", "vmalloc_user", "vmap", "vunmap"],
  "include/linux/kthread.h": ["kthread_stop"],
  "include/linux/hardirq.h": ["synchronize_irq"],
  "include/linux/swap.h": ["lru_add_drain_all"],
};

export const sleepingRows: readonly Primitive[] = Object.entries(SLEEPING).flatMap(([file, names]) =>
  names.map((name) => row(name, `${file}: ${name}`, [maySleep], "any")),
);
