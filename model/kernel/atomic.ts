const SPINNING: ReadonlySet<string> = new Set(["spinlock", "ptl", "bit-lock", "local-lock", "hwspinlock"]);
/** Contexts; a mapped page table is an RCU read section (mm/pgtable-generic.c: __pte_offset_map). */
const CONTEXTS: ReadonlySet<string> = new Set(["rcu", "preempt", "irq", "bh", "pte-table"]);

/** Whether calls that take a lock of this class disable preemption (include/linux/spinlock_api_smp.h). */
export const isSpinning = (object: string): boolean => SPINNING.has(object);

/** Whether nothing may sleep while a lock of this class is held, or in this context. */
export const forbidsSleep = (object: string): boolean => isSpinning(object) || CONTEXTS.has(object);
