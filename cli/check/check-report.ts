import type { Verdict } from "../../checker/result.ts";
import type { Finding } from "../../functions/finding.ts";
import { type FunctionReport, merge } from "../../functions/report.ts";
import { type Origin, type Provenance, provenanceOf } from "../../gate/provenance.ts";
import { InputError } from "../../model/input-error.ts";
import { nearestHint } from "../../model/nearest.ts";

/** What `holdfast check` says, and prints as JSON; docs/check.md describes it. */
export interface CheckReport {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** With --only: how many findings it leaves out. They count for the verdict all the same. */
  readonly leftOut?: number;
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

/**
 * All files together.
 *
 * @throws InputError where no finding has the id that is to be reported.
 */
export function checkReport(
  parts: readonly FunctionReport[],
  { failsOnAudit, only, origin }: ReportOptions,
): CheckReport {
  const { findings: all, functions, assumed, bounds, conditionals = [] } = merge(parts);
  const findings = only === undefined ? all : theOne(only, all);
  const failing = all.some(({ confidence }) => failsOnAudit || confidence === "hard");
  const unseen = functions.skipped.length + functions.capped.length + bounds.length > 0;
  const verdict = verdictOf(failing, unseen, functions.seen);
  return {
    verdict,
    findings,
    ...(only !== undefined && { leftOut: all.length - findings.length }),
    functions,
    assumed,
    bounds,
    provenance: provenanceOf({ ...origin, conditionals }),
  };
}

function theOne(id: string, all: readonly Finding[]): readonly Finding[] {
  const found = all.filter((each) => each.id === id);
  if (found.length > 0) return found;
  const valid = all.map((each) => each.id);
  throw new InputError(`--only: no finding has the id '${id}' ${nearestHint(id, valid)}`);
}

function verdictOf(failing: boolean, unseen: boolean, seen: number): Verdict {
  if (failing) return "violated";
  if (unseen) return "holds-within-bound";
  return seen === 0 ? "nothing-to-check" : "holds";
}
