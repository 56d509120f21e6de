import type { Verdict } from "../checker/result.ts";
import { type CallEffect, type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import type { ExitState } from "./exit-finding.ts";
import type { Finding } from "./finding.ts";
import type { ReadProgram, SearchedFunction } from "./read-program.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

export interface NamedReason {
  readonly file: string;
  readonly function: string;
  /** The sentence of a `Reason`. */
  readonly reason: string;
}

/** A finding that a configuration suppresses. */
export interface Suppressed {
  readonly rule: string;
  readonly function: string;
}

/** What is said of the functions of a source. */
export interface CheckResult {
  readonly findings: readonly Finding[];
  readonly functions: {
    /** Functions whose body calls a primitive that acquires, releases, enters or leaves something. */
    readonly seen: number;
    readonly modelled: number;
    readonly skipped: readonly NamedReason[];
    readonly capped: readonly NamedReason[];
    /** What was searched of them. */
    readonly searched: readonly SearchedFunction[];
  };
  /** What was taken for granted of callees that nothing is known of. */
  readonly assumed: readonly string[];
  /** Calls whose effect on locks is unknown. */
  readonly unknownLocks?: readonly UnknownLockCall[];
  /** What kept the search of some function from being exhaustive. */
  readonly bounds: readonly string[];
  /** Of each function with an #if: the readings of it that were checked. */
  readonly conditionals?: readonly string[];
  /** All functions of the source, whether they take locks or not. */
  readonly defined?: readonly string[];
  /** The programs that were built of functions, by name, where they were to be kept. */
  readonly programs?: ReadonlyMap<string, readonly ReadProgram[]>;
  /** The suppressions of the configuration that took a finding back. */
  readonly taken?: readonly Suppressed[];
  /** What does not change the verdict: stale suppressions. */
  readonly warnings?: readonly string[];
  /** What the functions have done to each lock where they return, by name; not of capped ones; only where asked for. */
  readonly exits?: ReadonlyMap<string, readonly ExitState[]>;
  /** What they do to their callers' locks, by name; undefined for nothing. */
  readonly effects?: ReadonlyMap<string, CallEffect | undefined>;
  /** By name, what they do in those readings of their `#if`s in which it is something else; a text to be compared. */
  readonly otherEffects?: readonly (readonly [name: string, effects: string])[];
}

/** What is left out of the report on a function that was only looked into for the sake of its callers. */
export const NOT_ASKED = {
  findings: [],
  functions: { seen: 0, modelled: 0, skipped: [], capped: [], searched: [] },
  conditionals: [],
  // What could not be read taints the locks that it names, in the callee's effects as well.
  bounds: [],
};

export const NOTHING: CheckResult = {
  findings: [],
  functions: { seen: 0, modelled: 0, skipped: [], capped: [], searched: [] },
  assumed: [],
  bounds: [],
};

export function merge(reports: readonly CheckResult[]): CheckResult {
  const functions = reports.map((each) => each.functions);
  return {
    findings: reports.flatMap(({ findings }) => findings),
    functions: {
      seen: functions.reduce((sum, { seen }) => sum + seen, 0),
      modelled: functions.reduce((sum, { modelled }) => sum + modelled, 0),
      skipped: functions.flatMap(({ skipped }) => skipped),
      capped: functions.flatMap(({ capped }) => capped),
      searched: functions.flatMap(({ searched }) => searched),
    },
    assumed: [...new Set(reports.flatMap(({ assumed }) => assumed))],
    bounds: [...new Set(reports.flatMap(({ bounds }) => bounds))],
    conditionals: [...new Set(reports.flatMap(({ conditionals }) => conditionals ?? []))],
    warnings: reports.flatMap(({ warnings }) => warnings ?? []),
  };
}

type Seen = Pick<CheckResult, "functions" | "bounds">;

/** All that keeps a verdict from being `holds`, in words. */
export const reservations = ({ bounds, functions }: Seen): readonly string[] => [
  ...bounds,
  ...functions.skipped.map((each) => `${each.file}: ${each.function}() was not modelled: ${each.reason}`),
  ...functions.capped.map(
    (each) => `${each.file}: ${each.function}() was not searched to its end: ${each.reason}`,
  ),
];

/** Never `holds` where anything was left out. `failing`: a finding was made that counts. */
export function verdictOf(seen: Seen, failing: boolean): Verdict {
  if (failing) return "violated";
  if (reservations(seen).length > 0) return "holds-within-bound";
  return seen.functions.seen === 0 ? "nothing-to-check" : "holds";
}

/** What no rule judges yet, so that no verdict on C speaks of it. */
export const NOT_JUDGED: readonly string[] = ["lock order", "irq safety", "data races"];

/** The report on a function without its findings: it counts where it calls what `known` says takes locks. */
export function counted(
  { calls }: UnitFunction,
  known: Knowledge,
  skipped: readonly NamedReason[],
  capped: readonly NamedReason[],
): CheckResult {
  const counts = [...calls].some((name) => takesLocks(known, name));
  const left = skipped.length > 0 ? { skipped, capped: [] } : { skipped, capped };
  const unjudged = skipped.length + left.capped.length;
  const modelled = counts && unjudged === 0 ? 1 : 0;
  return {
    findings: [],
    functions: { seen: modelled + unjudged, modelled, ...left, searched: [] },
    assumed: [],
    bounds: [],
  };
}
