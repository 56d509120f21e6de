/**
 * Calls that ask in which context they run: what a function does then depends on it, and a sleep behind them is
 * not one in atomic context (include/linux/preempt.h: in_task, include/linux/gfp.h: gfpflags_allow_blocking).
 */
const CONTEXT_TESTS: ReadonlySet<string> = new Set([
  "preemptible",
  "preempt_count",
  "in_task",
  "in_atomic",
  "in_interrupt",
  "in_irq",
  "in_hardirq",
  "in_softirq",
  "in_serving_softirq",
  "in_nmi",
  "in_dbg_master",
  "in_atomic_preempt_off",
  "irqs_disabled",
  "irqs_disabled_flags",
  "raw_irqs_disabled",
  "raw_irqs_disabled_flags",
  "rcu_preempt_depth",
  "pagefault_disabled",
  "faulthandler_disabled",
  "gfpflags_allow_blocking",
  "gfpflags_normal_context",
  "drm_can_sleep",
  "might_sleep_if",
]);

/** Calls that tell whether a reference was the last one (include/linux/refcount.h: refcount_dec_and_test). */
const LAST_REFERENCE = /_dec_and_(?:test|lock|mutex_lock|raw_lock)|_sub_and_test|_put_testzero|^kref_put/;

/** Whether a call of this name asks for something that its caller may know: the context, or who else has a reference. */
export const asksCaller = (name: string): boolean => CONTEXT_TESTS.has(name) || LAST_REFERENCE.test(name);
