import type { Verdict } from "../checker/result.ts";
import type { PatchResult } from "../gate/result.ts";
import { jsonText, oneLine } from "../model/printable.ts";
import { type Format, originOf } from "./format.ts";
import { ofStanding } from "./of-gate.ts";
import type { GateReport } from "./report.ts";

/** Verdicts that say something of a patch; of the others nothing is posted. */
const STATES: Partial<Record<Verdict, "success" | "fail" | "warning">> = {
  holds: "success",
  violated: "fail",
  "holds-within-bound": "warning",
  interrupted: "warning",
};

/** The body of Patchwork's `POST /patches/ID/checks/`, one line for each patch of a series that has one. */
export const patchwork: Format<GateReport> = (report) =>
  report.patches
    .flatMap((patch) => checkOf(report, patch))
    .map((line) => `${line}\n`)
    .join("");

function checkOf(report: GateReport, patch: PatchResult): readonly string[] {
  const state = STATES[patch.verdict];
  if (state === undefined) return [];
  const description = oneLine(
    `${wordsOf(report, patch)} (${originOf(report.provenance)}, reproduce: ${report.provenance.reproduce})`,
  );
  return [jsonText({ state, context: "holdfast", description })];
}

function wordsOf(report: GateReport, patch: PatchResult): string {
  const index = report.patches.indexOf(patch);
  const own = ofStanding(report, "new").filter((each) => each.patch === index);
  const found = own.map((each) => `${each.rule} in ${each.function}() at ${each.file}:${each.line}`);
  if (found.length > 0) return `new: ${found.join("; ")}`;
  if (patch.verdict === "violated") return `${patch.new} new`;
  const notJudged = `not judged: ${report.notJudged.join(", ")}`;
  return patch.verdict === "holds"
    ? `nothing new; ${notJudged}`
    : `nothing new, but ${patch.bounds.join("; ")}`;
}
