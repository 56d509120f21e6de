import type { Verdict } from "../../checker/result.ts";
import type { Finding } from "../../functions/finding.ts";
import { type FunctionReport, merge } from "../../functions/report.ts";
import { type Origin, type Provenance, provenanceOf } from "../../gate/provenance.ts";

/** What `holdfast check` says, and prints as JSON; docs/check.md describes it. */
export interface CheckReport {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  readonly functions: FunctionReport["functions"];
  readonly assumed: readonly string[];
  readonly bounds: readonly string[];
  readonly provenance: Provenance;
}

export interface ReportOptions {
  /** Audit findings count as well. */
  readonly failsOnAudit: boolean;
  /** The id of the one finding to report. */
  readonly only: string | undefined;
  readonly origin: Omit<Origin, "conditionals">;
}

/** All files together. */
export function checkReport(
  parts: readonly FunctionReport[],
  { failsOnAudit, only, origin }: ReportOptions,
): CheckReport {
  const { findings: all, functions, assumed, bounds, conditionals = [] } = merge(parts);
  const findings = only === undefined ? all : all.filter(({ id }) => id === only);
  const failing = findings.some(({ confidence }) => failsOnAudit || confidence === "hard");
  const unseen = functions.skipped.length + functions.capped.length + bounds.length > 0;
  const verdict = verdictOf(failing, unseen, functions.seen);
  return {
    verdict,
    findings,
    functions,
    assumed,
    bounds,
    provenance: provenanceOf({ ...origin, conditionals }),
  };
}

function verdictOf(failing: boolean, unseen: boolean, seen: number): Verdict {
  if (failing) return "violated";
  if (unseen) return "holds-within-bound";
  return seen === 0 ? "nothing-to-check" : "holds";
}
