import { contextBalanced } from "./context-balanced.ts";

export const preemptBalanced = contextBalanced("preempt", {
  name: "preempt-balanced",
  summary: "preemption is enabled as often as it is disabled, spinlocks included",
  kernel: "kernel/sched/core.c: preempt_count_sub",
});
