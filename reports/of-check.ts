import { findingLines } from "../counterexamples/explain/finding.ts";
import type { Finding } from "../functions/finding.ts";
import { type CheckResult, NOT_JUDGED, reservations, verdictOf } from "../functions/result.ts";
import { InputError } from "../model/input-error.ts";
import { nearestHint } from "../model/nearest.ts";
import { extentOf } from "./format.ts";
import { type Origin, provenanceOf } from "./provenance.ts";
import type { CheckFinding, CheckReport } from "./report.ts";

export interface CheckReportOptions {
  /** Audit findings count as well. */
  readonly failsOnAudit: boolean;
  /** The id of the one finding to report. */
  readonly only: string | undefined;
  /** Ids of rules by which nothing was judged. */
  readonly leftOutRules?: readonly string[];
  /** Say what turned each path. */
  readonly explain: boolean;
  readonly origin: Omit<Origin, "conditionals">;
  /** The command that gives one finding alone. */
  reproduce(finding: Finding): string;
}

/**
 * The report on C files that were checked, all together.
 *
 * @throws InputError where no finding has the id that is to be reported.
 */
export function reportOfCheck(result: CheckResult, options: CheckReportOptions): CheckReport {
  const { findings: all, functions, assumed, bounds, conditionals = [], warnings = [] } = result;
  const { only, origin, leftOutRules = [] } = options;
  const wanted = only === undefined ? all : theOne(only, all);
  const failing = all.some((each) => fails(each, options));
  return {
    kind: "check",
    verdict: verdictOf(result, failing),
    extent: extentOf(functions.searched),
    findings: wanted.map((each) => reported(each, options)),
    ...(only !== undefined && { leftOut: all.length - wanted.length }),
    ...{ functions, assumed, bounds, reservations: reservations(result) },
    ...{ notes: [], warnings, held: [], notJudged: [...NOT_JUDGED, ...leftOutRules] },
    provenance: provenanceOf({ ...origin, conditionals }),
  };
}

const fails = ({ confidence }: Finding, { failsOnAudit }: CheckReportOptions): boolean =>
  failsOnAudit || confidence === "hard";

function theOne(id: string, all: readonly Finding[]): readonly Finding[] {
  const found = all.filter((each) => each.id === id);
  if (found.length > 0) return found;
  const valid = all.map((each) => each.id);
  throw new InputError(`--only: no finding has the id '${id}' ${nearestHint(id, valid)}`);
}

/** Its evidence is for explaining it, which is done here. */
function reported(
  { evidence, consequences, ...finding }: Finding,
  options: CheckReportOptions,
): CheckFinding {
  const { explain, reproduce } = options;
  const others = consequences?.map(({ evidence: _, ...each }) => each);
  return {
    ...finding,
    ...(others && { consequences: others }),
    fingerprint: `${finding.file} | ${finding.id}`,
    fails: fails(finding, options),
    remarks: [],
    ...(explain && { explanation: findingLines({ ...finding, ...(evidence && { evidence }) }) }),
    reproduce: reproduce(finding),
  };
}
