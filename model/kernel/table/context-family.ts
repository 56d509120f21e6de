import type { Context, Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { acquire, enter, leave, release, restoreIrq, row, saveIrq } from "./row.ts";

const RCU = "include/linux/rcupdate.h";
const PREEMPT = "include/linux/preempt.h";
const IRQ = "include/linux/irqflags.h";
const BH = "include/linux/bottom_half.h";
const LOCAL = "include/linux/local_lock.h";
const PERCPU = "include/linux/percpu-defs.h";
const SMP = "include/linux/smp.h";
const SRCU = "include/linux/srcu.h";

const entering = (name: string, file: string, ...contexts: readonly Context[]): Primitive =>
  row(name, `${file}: ${name}`, contexts.map(enter), "any");

const leaving = (name: string, file: string, ...contexts: readonly Context[]): Primitive =>
  row(name, `${file}: ${name}`, contexts.map(leave));

/** A local lock disables preemption (include/linux/local_lock_internal.h: __local_lock). */
const localLock = (
  suffix: string,
  before: readonly Operation[] = [],
  behind: readonly Operation[] = [],
): readonly Primitive[] => {
  const unlock = suffix === "_irqsave" ? "_irqrestore" : suffix;
  return [
    row(`local_lock${suffix}`, `${LOCAL}: local_lock${suffix}`, [
      enter("preempt"),
      ...before,
      acquire("local-lock"),
    ]),
    row(`local_unlock${unlock}`, `${LOCAL}: local_unlock${unlock}`, [
      release("local-lock"),
      ...behind,
      leave("preempt"),
    ]),
  ];
};

/** More of what nests per task. */
export const contextFamilyRows: readonly Primitive[] = [
  entering("rcu_read_lock_bh", RCU, "bh"),
  leaving("rcu_read_unlock_bh", RCU, "bh"),
  entering("rcu_read_lock_sched", RCU, "preempt"),
  leaving("rcu_read_unlock_sched", RCU, "preempt"),
  entering("srcu_read_lock", SRCU, "srcu"),
  leaving("srcu_read_unlock", SRCU, "srcu"),
  entering("srcu_read_lock_nmisafe", SRCU, "srcu"),
  leaving("srcu_read_unlock_nmisafe", SRCU, "srcu"),
  entering("srcu_down_read", SRCU, "srcu"),
  leaving("srcu_up_read", SRCU, "srcu"),
  entering("local_bh_disable", BH, "bh"),
  leaving("local_bh_enable", BH, "bh"),
  entering("migrate_disable", PREEMPT, "migrate"),
  leaving("migrate_enable", PREEMPT, "migrate"),
  entering("preempt_disable_notrace", PREEMPT, "preempt"),
  leaving("preempt_enable_notrace", PREEMPT, "preempt"),
  leaving("preempt_enable_no_resched", PREEMPT, "preempt"),
  leaving("sched_preempt_enable_no_resched", PREEMPT, "preempt"),
  entering("get_cpu", SMP, "preempt"),
  leaving("put_cpu", SMP, "preempt"),
  entering("get_cpu_var", PERCPU, "preempt"),
  leaving("put_cpu_var", PERCPU, "preempt"),
  entering("get_cpu_ptr", PERCPU, "preempt"),
  leaving("put_cpu_ptr", PERCPU, "preempt"),
  row("raw_local_irq_save", `${IRQ}: raw_local_irq_save`, saveIrq(0)),
  row("raw_local_irq_restore", `${IRQ}: raw_local_irq_restore`, restoreIrq(0)),
  entering("raw_local_irq_disable", IRQ, "irq"),
  leaving("raw_local_irq_enable", IRQ, "irq"),
  ...localLock(""),
  ...localLock("_irq", [enter("irq")], [leave("irq")]),
  ...localLock("_irqsave", saveIrq(1), restoreIrq(1)),
];
