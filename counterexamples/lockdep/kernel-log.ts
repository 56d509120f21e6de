import type { Source } from "../../model/ir/model.ts";
import type { KernelReport } from "../../model/kernel/report.ts";

/** How the kernel is built, beside PREEMPT_RCU and PROVE_LOCKING. */
export interface KernelConfig {
  readonly debugPreempt: boolean;
}

/** A report that a kernel has reason to print, and what it would say. */
export interface Prediction {
  readonly report: KernelReport;
  /** From 1. */
  readonly step: number;
  readonly task: number;
  readonly source?: Source;
  /** What the report is about: a lock class and its instance. */
  readonly lock?: string;
  /** In the order of their acquisition; absent where lockdep is off and knows none. */
  readonly held?: readonly string[];
  readonly preemptCount: number;
  readonly rcuDepth: number;
  /** Why it is not printed; absent where it is. */
  readonly silenced?: Silence;
}

export type Silence = "lockdep is off" | "printed only once" | "not again within a second";

/** What decides, over the run, whether a report is printed. */
export interface Switches {
  readonly lockdep: boolean;
  /** Ids of the reports printed so far. */
  readonly printed: ReadonlySet<string>;
}

/** Why a report is not printed now. A run is much shorter than a second. */
export function silenceOf({ id, lockdep, repeats }: KernelReport, switches: Switches): Silence | undefined {
  if (lockdep && !switches.lockdep) return "lockdep is off";
  if (!switches.printed.has(id) || repeats === "always") return undefined;
  return repeats === "once" ? "printed only once" : "not again within a second";
}

export function afterReport({ id, lockdep }: KernelReport, switches: Switches): Switches {
  return { lockdep: switches.lockdep && !lockdep, printed: new Set([...switches.printed, id]) };
}
