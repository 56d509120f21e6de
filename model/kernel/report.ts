import { constant, type Expression, equal, less, not, or } from "../ir/expression.ts";
import type { Event } from "../ir/model.ts";
import type { Observations } from "./observation.ts";
import type { Context } from "./operation.ts";

/** What a debugging kernel prints when it notices something (PREEMPT_RCU, PROVE_LOCKING, no DEBUG_PREEMPT). */
export interface KernelReport {
  readonly id: string;
  readonly title: string;
  /** Kernel file and function that print it. */
  readonly kernel: string;
  /** Whether it prints it again on the next occasion; `rate-limited`: not within a second. */
  readonly repeats: "once" | "rate-limited" | "always";
  /** Printed only while lockdep is on, which it then turns off. */
  readonly lockdep: boolean;
  /** Which of its fields a view can fill in. */
  readonly shows: readonly ReportField[];
  /** When the event makes it print, in the state before the event. */
  when(event: Event, observe: Observations): Expression | undefined;
}

export type ReportField = "lock" | "held-locks" | "preempt-count" | "rcu-depth";

const ATOMIC: readonly Context[] = ["preempt", "rcu", "irq"];
const isZero = (depth: Expression) => equal(depth, constant(0));
/** Leaving the context here takes its count below zero. */
const leftUnentered = (context: Context, observe: Observations) => less(observe.depth(context), constant(1));

/** Bit locks have no lock map: lockdep neither checks nor lists them (include/linux/pagemap.h: folio_trylock). */
export const WITHOUT_LOCK_MAP: readonly string[] = ["folio-lock"];

/** The kernel's own reports, from what an operation does and the task's counters alone. */
export const kernelReports: readonly KernelReport[] = [
  {
    id: "bad-unlock",
    title: "bad unlock balance, no such lock is held",
    kernel: "kernel/locking/lockdep.c: print_unlock_imbalance_bug",
    repeats: "once",
    lockdep: true,
    shows: ["lock", "held-locks"],
    // An RCU read section is a lock to lockdep.
    when: ({ kind, object, instance }, observe) => {
      if (kind === "leave" && object === "rcu") return leftUnentered("rcu", observe);
      return kind === "release" && !WITHOUT_LOCK_MAP.includes(object)
        ? observe.notHeld(object, instance)
        : undefined;
    },
  },
  {
    id: "rcu-nest-negative",
    title: "RCU nest depth below zero",
    kernel: "kernel/rcu/tree_plugin.h: __rcu_read_unlock",
    repeats: "once",
    lockdep: false,
    shows: ["rcu-depth"],
    when: ({ kind, object }, observe) =>
      kind === "leave" && object === "rcu" ? leftUnentered("rcu", observe) : undefined,
  },
  {
    id: "sleep-in-atomic",
    title: "sleeping function called from invalid context",
    kernel: "kernel/sched/core.c: __might_resched",
    repeats: "rate-limited",
    lockdep: false,
    shows: ["preempt-count", "rcu-depth", "held-locks"],
    when: ({ kind }, observe) =>
      kind === "may-sleep" ? or(...ATOMIC.map((each) => not(isZero(observe.depth(each))))) : undefined,
  },
  {
    id: "scheduling-while-atomic",
    title: "scheduling while atomic",
    kernel: "kernel/sched/core.c: schedule_debug",
    repeats: "always",
    lockdep: false,
    shows: ["preempt-count", "held-locks"],
    when: ({ kind }, observe) => (kind === "schedule" ? not(isZero(observe.depth("preempt"))) : undefined),
  },
];

/** With DEBUG_PREEMPT an underflow is refused; that is reported only while lockdep is on. */
export const preemptUnderflow: KernelReport = {
  id: "preempt-underflow",
  title: "preempt_count would drop below zero, and is left alone",
  kernel: "kernel/sched/core.c: preempt_count_sub",
  repeats: "always",
  lockdep: true,
  shows: ["preempt-count"],
  when: ({ kind, object }, observe) =>
    kind === "leave" && object === "preempt" ? leftUnentered("preempt", observe) : undefined,
};
