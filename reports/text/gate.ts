import { oneLine, withoutCommands } from "../../model/printable.ts";
import {
  abridged,
  type Format,
  type FormatOptions,
  originOf,
  placeOf,
  sayExtent,
  sayNotJudged,
  sayStep,
} from "../format.ts";
import { guiltyText, isQuoting } from "../guilty.ts";
import { limitsOf, sayLimits } from "../limits.ts";
import { ofStanding } from "../of-gate.ts";
import type { ChangeFinding, GateReport } from "../report.ts";
import { functionName } from "../sentence.ts";
import { type MarkedStep, tellPath } from "../story.ts";

/** For a terminal: findings with their paths, then what was and was not looked at. */
export const gateText: Format<GateReport> = (report, options) => {
  const findings = [
    ...ofStanding(report, "new").flatMap((each) => describe(report, each, "error")),
    ...ofStanding(report, "fixed").flatMap((each) => describeFixed(report, each)),
    ...(options.old ? ofStanding(report, "old").flatMap((each) => describe(report, each, "old")) : []),
  ];
  const refused = report.refused.map((each) => `error: ${oneLine(each)}`);
  return withoutCommands(`${[...refused, ...findings, ...summary(report, options)].join("\n")}\n`);
};

const headline = (finding: ChangeFinding, word: string): string =>
  `${oneLine(placeOf(finding))}: ${word}: ${functionName(finding)}: ${oneLine(finding.message)} [${finding.rule}]`;

const indented = (...lines: readonly (string | undefined)[]): readonly string[] =>
  lines.flatMap((line) => (line === undefined ? [] : [`  ${line}`]));

const describeFixed = (report: GateReport, finding: ChangeFinding): readonly string[] => [
  headline(finding, "fixed"),
  ...indented(...finding.remarks, patchText(report, finding.patch)),
  "",
];

function describe(report: GateReport, finding: ChangeFinding, word: "error" | "old"): readonly string[] {
  const quoting = isQuoting(report, finding);
  const also = finding.alsoViolates.join(", ");
  const fixedBy = fixingPatch(report, finding);
  return [
    headline(finding, word),
    ...indented(
      patchText(report, finding.patch),
      ...guiltyText(report, finding),
      ...finding.remarks,
      also ? `the same mistake also violates ${also}` : undefined,
      fixedBy && `mended by ${fixedBy}`,
      `reproduce: ${oneLine(finding.reproduce)}`,
    ),
    "  path:",
    ...tellPath(finding).map((step) => `    ${showStep(step, quoting)}`),
    "",
  ];
}

function showStep(step: MarkedStep | "...", quoting: boolean): string {
  if (step === "...") return step;
  const where = quoting && step.patchLine !== undefined ? `mail ${step.patchLine}` : `line ${step.line}`;
  return `${where.padEnd(10)} ${step.changed ? "+" : " "} ${oneLine(sayStep(step))}`;
}

/** Which patch of a series makes or fixes a finding; nothing is to be said where there is one alone. */
function patchText({ changes }: GateReport, patch: number): string | undefined {
  if (changes.length < 2) return undefined;
  return `patch ${patch + 1} of ${changes.length}: ${oneLine(changes[patch]?.label ?? "")}`;
}

/** The later patch of the series that fixes what this one makes. */
function fixingPatch(report: GateReport, { digest, patch }: ChangeFinding): string | undefined {
  const fixed = ofStanding(report, "fixed").find((each) => each.digest === digest && each.patch > patch);
  return fixed && patchText(report, fixed.patch);
}

function summary(report: GateReport, options: FormatOptions): readonly string[] {
  const { functions, provenance, assumed } = report;
  const unseen = [
    ...boundTexts(report).map((bound) => `bound: ${bound}`),
    ...functions.skipped.map(
      (each) => `not modelled: ${oneLine(each.file)}: ${oneLine(each.function)}(): ${oneLine(each.reason)}`,
    ),
    ...functions.capped.map(
      (each) => `capped: ${oneLine(each.file)}: ${oneLine(each.function)}(): ${oneLine(each.reason)}`,
    ),
  ];
  const lines = [
    ...report.notes.map((note) => `note: ${oneLine(note)}`),
    ...report.warnings.map((warning) => `warning: ${oneLine(warning)}`),
    ...abridged(unseen, options.verbose === true),
    ...(options.verbose ? assumed.map((each) => `assumed: ${oneLine(each)}`) : []),
  ];
  const count = (standing: "new" | "fixed" | "old") => ofStanding(report, standing).length;
  const counts = [
    `${count("new")} new, ${count("fixed")} fixed, ${count("old")} old findings`,
    `${functions.seen} lock-taking functions, ${functions.modelled} modelled`,
    `${functions.skipped.length} skipped, ${functions.capped.length} capped, ${assumed.length} assumptions`,
    sayExtent(report.extent),
    ...sayNotJudged(report),
  ];
  const verdict = report.verdict === "error" ? "not judged, as it does not apply" : counts.join("; ");
  return [
    ...lines,
    ...sayLimits(limitsOf(report)),
    `${report.verdict}: ${verdict}`,
    originOf(provenance),
    `reproduce: ${oneLine(provenance.reproduce)}`,
  ];
}

/** What could not be seen, with the patches of a series that it is of where it is not of all. */
function boundTexts({ bounds, patches }: GateReport): readonly string[] {
  return bounds.map((bound) => {
    const own = patches.flatMap((each, at) => (each.bounds.includes(bound) ? [at + 1] : []));
    const where = own.length > 0 && own.length < patches.length ? `patch ${own.join(", ")}: ` : "";
    return `${where}${oneLine(bound)}`;
  });
}
