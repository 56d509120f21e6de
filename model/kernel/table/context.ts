import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { enter, leave, maySleep, restoreIrq, row, saveIrq, schedules } from "./row.ts";

const RCU = "include/linux/rcupdate.h";
const PREEMPT = "include/linux/preempt.h";
const IRQ = "include/linux/irqflags.h";
const PGTABLE = "include/linux/pgtable.h";

/** Newer kernels count how often lazy MMU mode is enabled; the architecture's own calls still don't nest. */
const counted: Operation = { kind: "enter", object: "lazy-mmu", mode: "nesting" };

/** What nests per task: RCU read sections, disabled preemption, disabled interrupts, lazy MMU mode. */
export const contextRows: readonly Primitive[] = [
  row("rcu_read_lock", `${RCU}: rcu_read_lock`, [enter("rcu")]),
  row("rcu_read_unlock", `${RCU}: rcu_read_unlock`, [leave("rcu")]),
  row("preempt_disable", `${PREEMPT}: preempt_disable`, [enter("preempt")]),
  row("preempt_enable", `${PREEMPT}: preempt_enable`, [leave("preempt")]),
  row("local_irq_disable", `${IRQ}: local_irq_disable`, [enter("irq")]),
  row("local_irq_enable", `${IRQ}: local_irq_enable`, [leave("irq")]),
  row("local_irq_save", `${IRQ}: local_irq_save`, saveIrq(0)),
  row("local_irq_restore", `${IRQ}: local_irq_restore`, restoreIrq(0)),
  row("arch_enter_lazy_mmu_mode", `${PGTABLE}: arch_enter_lazy_mmu_mode`, [enter("lazy-mmu")]),
  row("arch_leave_lazy_mmu_mode", `${PGTABLE}: arch_leave_lazy_mmu_mode`, [leave("lazy-mmu")]),
  { ...row("lazy_mmu_mode_enable", `${PGTABLE}: lazy_mmu_mode_enable`, [counted]), since: "7.0" },
  { ...row("lazy_mmu_mode_disable", `${PGTABLE}: lazy_mmu_mode_disable`, [leave("lazy-mmu")]), since: "7.0" },
  {
    ...row("lazy_mmu_mode_pause", `${PGTABLE}: lazy_mmu_mode_pause`, [enter("lazy-mmu-pause")]),
    since: "7.0",
  },
  {
    ...row("lazy_mmu_mode_resume", `${PGTABLE}: lazy_mmu_mode_resume`, [leave("lazy-mmu-pause")]),
    since: "7.0",
  },
];

/** What sleeps, or says that it may. */
export const sleepRows: readonly Primitive[] = [
  row("might_sleep", "include/linux/kernel.h: might_sleep", [maySleep]),
  row("cond_resched", "include/linux/sched.h: cond_resched", [maySleep], "any"),
  row("schedule", "kernel/sched/core.c: schedule", [schedules]),
];
