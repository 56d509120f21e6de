import type { Context } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { acquire, enter, leave, release, row } from "./row.ts";

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
const localLock = (suffix: string, ...contexts: readonly Context[]): readonly Primitive[] => {
  const unlock = suffix === "_irqsave" ? "_irqrestore" : suffix;
  return [
    row(`local_lock${suffix}`, `${LOCAL}: local_lock${suffix}`, [
      enter("preempt"),
      ...contexts.map(enter),
      acquire("local-lock"),
    ]),
    row(`local_unlock${unlock}`, `${LOCAL}: local_unlock${unlock}`, [
      release("local-lock"),
      ...contexts.map(leave),
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
  entering("raw_local_irq_save", IRQ, "irq"),
  leaving("raw_local_irq_restore", IRQ, "irq"),
  entering("raw_local_irq_disable", IRQ, "irq"),
  leaving("raw_local_irq_enable", IRQ, "irq"),
  entering("kmap_atomic", "include/linux/highmem.h", "preempt"),
  leaving("kunmap_atomic", "include/linux/highmem.h", "preempt"),
  ...localLock(""),
  ...localLock("_irq", "irq"),
  ...localLock("_irqsave", "irq"),
];
