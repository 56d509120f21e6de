import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { restoreIrq, saveIrq } from "./operations.ts";
import { entering, enteringWith, leaving, row, since } from "./row.ts";

const PREEMPT = "include/linux/preempt.h";
const IRQ = "include/linux/irqflags.h";
const BH = "include/linux/bottom_half.h";
const PERCPU = "include/linux/percpu-defs.h";
const SMP = "include/linux/smp.h";
const PGTABLE = "include/linux/pgtable.h";

/** Newer kernels count how often lazy MMU mode is enabled; the architecture's own calls still don't nest. */
const counted: Operation = { kind: "enter", object: "lazy-mmu", mode: "nesting" };

/** What nests per task: disabled preemption, softirqs, interrupts and migration, and lazy MMU mode. */
export const contextRows: readonly Primitive[] = [
  entering("preempt_disable", PREEMPT, "preempt"),
  entering("preempt_disable_notrace", PREEMPT, "preempt"),
  leaving("preempt_enable", PREEMPT, "preempt"),
  leaving("preempt_enable_notrace", PREEMPT, "preempt"),
  leaving("preempt_enable_no_resched", PREEMPT, "preempt"),
  leaving("sched_preempt_enable_no_resched", PREEMPT, "preempt"),
  enteringWith("get_cpu", SMP, "preempt"),
  leaving("put_cpu", SMP, "preempt"),
  enteringWith("get_cpu_var", PERCPU, "preempt"),
  leaving("put_cpu_var", PERCPU, "preempt"),
  enteringWith("get_cpu_ptr", PERCPU, "preempt"),
  leaving("put_cpu_ptr", PERCPU, "preempt"),
  entering("migrate_disable", PREEMPT, "migrate"),
  leaving("migrate_enable", PREEMPT, "migrate"),
  entering("local_bh_disable", BH, "bh"),
  leaving("local_bh_enable", BH, "bh"),
  entering("local_irq_disable", IRQ, "irq"),
  leaving("local_irq_enable", IRQ, "irq"),
  leaving("safe_halt", IRQ, "irq"),
  leaving("raw_safe_halt", IRQ, "irq"),
  row("local_irq_save", IRQ, saveIrq(0)),
  row("local_irq_restore", IRQ, restoreIrq(0)),
  entering("raw_local_irq_disable", IRQ, "irq"),
  leaving("raw_local_irq_enable", IRQ, "irq"),
  row("raw_local_irq_save", IRQ, saveIrq(0)),
  row("raw_local_irq_restore", IRQ, restoreIrq(0)),
  entering("arch_enter_lazy_mmu_mode", PGTABLE, "lazy-mmu"),
  leaving("arch_leave_lazy_mmu_mode", PGTABLE, "lazy-mmu"),
  ...since(
    "7.0",
    row("lazy_mmu_mode_enable", PGTABLE, [counted]),
    leaving("lazy_mmu_mode_disable", PGTABLE, "lazy-mmu"),
    entering("lazy_mmu_mode_pause", PGTABLE, "lazy-mmu-pause"),
    leaving("lazy_mmu_mode_resume", PGTABLE, "lazy-mmu-pause"),
  ),
];
