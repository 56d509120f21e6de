import type { Primitive } from "../primitive.ts";
import { enter, leave, maySleep, row, schedules } from "./row.ts";

const RCU = "include/linux/rcupdate.h";
const PREEMPT = "include/linux/preempt.h";
const IRQ = "include/linux/irqflags.h";

/** What nests per task: RCU read sections, disabled preemption, disabled interrupts, lazy MMU mode. */
export const contextRows: readonly Primitive[] = [
  row("rcu_read_lock", `${RCU}: rcu_read_lock`, [enter("rcu")]),
  row("rcu_read_unlock", `${RCU}: rcu_read_unlock`, [leave("rcu")]),
  row("preempt_disable", `${PREEMPT}: preempt_disable`, [enter("preempt")]),
  row("preempt_enable", `${PREEMPT}: preempt_enable`, [leave("preempt")]),
  row("local_irq_disable", `${IRQ}: local_irq_disable`, [enter("irq")]),
  row("local_irq_enable", `${IRQ}: local_irq_enable`, [leave("irq")]),
  row("local_irq_save", `${IRQ}: local_irq_save`, [enter("irq")]),
  row("local_irq_restore", `${IRQ}: local_irq_restore`, [leave("irq")]),
  row("arch_enter_lazy_mmu_mode", "include/linux/pgtable.h: arch_enter_lazy_mmu_mode", [enter("lazy-mmu")]),
  row("arch_leave_lazy_mmu_mode", "include/linux/pgtable.h: arch_leave_lazy_mmu_mode", [leave("lazy-mmu")]),
];

/** What sleeps, or says that it may. */
export const sleepRows: readonly Primitive[] = [
  row("might_sleep", "include/linux/kernel.h: might_sleep", [maySleep]),
  row("cond_resched", "include/linux/sched.h: cond_resched", [maySleep], "any"),
  row("schedule", "kernel/sched/core.c: schedule", [schedules]),
];
