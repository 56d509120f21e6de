import type { Finding } from "../../checker/functions/finding.ts";
import { type FunctionReport, merge } from "../../checker/functions/report.ts";
import type { Verdict } from "../../checker/result.ts";

/** What `holdfast check` says, and prints as JSON; docs/check.md describes it. */
export interface CheckReport {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly functions: FunctionReport["functions"];
  readonly assumed: readonly string[];
  readonly bounds: readonly string[];
}

/** All files together. Audit findings count only where the user says that they fail. */
export function checkReport(parts: readonly FunctionReport[], failsOnAudit: boolean): CheckReport {
  const { findings, functions, assumed, bounds } = merge(parts);
  const failing = findings.some(({ confidence }) => failsOnAudit || confidence === "hard");
  const unseen = functions.skipped.length + functions.capped.length + bounds.length > 0;
  return { verdict: verdictOf(failing, unseen, functions.seen), findings, functions, assumed, bounds };
}

function verdictOf(failing: boolean, unseen: boolean, seen: number): Verdict {
  if (failing) return "violated";
  if (unseen) return "holds-within-bound";
  return seen === 0 ? "nothing-to-check" : "holds";
}
