import { not } from "../model/ir/expression.ts";
import { demand, isSleep } from "./demand.ts";
import type { Property } from "./property.ts";

/**
 * A split may sleep whatever comes of it: to call it is wrong even where it fails before it would. Atomic
 * is a preempt count or RCU nesting other than 0, below it too. schedule() itself turns interrupts off, and its caller
 * comes back with them on: that they are off already, as where the kernel is left for user mode, is no mistake
 * (kernel/sched/core.c: __schedule).
 */
export const noSleepInAtomic: Property = {
  name: "no-sleep-in-atomic",
  summary: "nothing that may sleep is called with preemption or interrupts off, or in an RCU section",
  kernel: "kernel/sched/core.c: __might_resched",
  watch: ({ inAtomic }) => ({
    on: (event) =>
      isSleep(event) || event.kind === "split"
        ? demand(
            not(inAtomic(event.kind === "schedule" ? "irq" : undefined)),
            "something that may sleep is called in atomic context",
          )
        : undefined,
  }),
};
