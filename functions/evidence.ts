import type { Run } from "../checker/result.ts";
import type { Translation } from "../model/c/index.ts";
import type { Model } from "../model/ir/model.ts";
import type { Finding } from "./finding.ts";

/** The run that a finding was read off, for who wants to explain it. */
export interface Evidence {
  readonly model: Model;
  /** As the model names the demand. */
  readonly property: string;
  readonly run: Run;
  readonly jumps: Translation["jumps"];
}

const kept = new WeakMap<Finding, Evidence>();

/** Keeps it beside the finding, out of what is printed as JSON. */
export function withEvidence(finding: Finding, evidence: Evidence): Finding {
  kept.set(finding, evidence);
  return finding;
}

/** Undefined for a finding about sets of exits, and for a copy of one. */
export const evidenceOf = (finding: Finding): Evidence | undefined => kept.get(finding);
