import { InputError } from "../model/input-error.ts";
import { nearestHint } from "../model/nearest.ts";
import { type Confidence, rules } from "./rule.ts";

/** What C is judged by, for people. */
export interface RuleEntry {
  readonly id: string;
  /** How far a finding is to be trusted at best. */
  readonly confidence: Confidence;
  readonly summary: string;
  /** Whose word it is: kernel file and function. */
  readonly kernel: string;
}

/** What is found by comparing exits, or across functions: no property is watched on the way to it. */
const BESIDE_PROPERTIES: readonly Omit<RuleEntry, "confidence">[] = [
  {
    id: "exit-imbalance",
    summary: "ways out that look alike to the caller leave a lock alike",
    kernel: "kernel/locking/lockdep.c: lockdep_sys_exit",
  },
  {
    id: "lock-order",
    summary: "locks are taken in one order everywhere",
    kernel: "kernel/locking/lockdep.c: check_noncircular",
  },
  {
    id: "atomic-context",
    summary: "what the kernel runs in atomic context, as handlers, timers and callbacks, does not sleep",
    kernel: "kernel/sched/core.c: __might_resched",
  },
  {
    id: "irq-safety",
    summary: "a spinning lock that an interrupt handler or a softirq takes is taken elsewhere with these off",
    kernel: "kernel/locking/lockdep.c: print_usage_bug",
  },
  {
    id: "rcu-not-held",
    summary: "what RCU protects is read within a section",
    kernel: "kernel/locking/lockdep.c: lockdep_rcu_suspicious",
  },
  {
    id: "seq-not-read-again",
    summary: "a reader that starts again reads the sequence again",
    kernel: "include/linux/seqlock.h: read_seqretry",
  },
  {
    id: "sleep-in-condition",
    summary: "the condition of a wait does not sleep: the task is set to sleep already",
    kernel: "kernel/sched/core.c: __might_sleep",
  },
];

/** All that C is judged by, sorted by their ids. */
export const ruleEntries: readonly RuleEntry[] = [
  ...rules.map(({ property: { name: id, summary, kernel }, confidence }) => ({
    id,
    confidence,
    summary,
    kernel,
  })),
  ...BESIDE_PROPERTIES.map((each) => ({ ...each, confidence: "audit" as const })),
].sort((one, other) => (one.id < other.id ? -1 : 1));

export const ruleIds: readonly string[] = ruleEntries.map(({ id }) => id);

/** The rule of this id. Throws an InputError that names those like it. */
export function findRule(id: string): RuleEntry {
  const found = ruleEntries.find((each) => each.id === id);
  if (found) return found;
  throw new InputError(`unknown rule '${id}' ${nearestHint(id, ruleIds)}`);
}
