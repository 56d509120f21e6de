import type { PlacedStep } from "../gate/judge/place.ts";
import { type GateFinding, type GateReport, reproduce } from "../gate/report.ts";
import { oneLine, withoutCommands } from "../model/printable.ts";
import {
  type Format,
  type FormatOptions,
  isQuoting,
  originOf,
  placeOf,
  reachOf,
  sayStep,
  shorten,
} from "./format.ts";
import { guiltyText } from "./guilty.ts";
import { functionName } from "./sentence.ts";
import { boundTexts, mendedBy, patchText } from "./series.ts";

const MOST_PATH_LINES = 12;

/** For a terminal: findings with their paths, then what was and was not looked at. */
export const text: Format = (report, options) => {
  const findings = [
    ...report.new.flatMap((each) => describe(report, each, "error")),
    ...report.fixed.flatMap((each) => describeFixed(report, each)),
    ...(options.old ? report.old.flatMap((each) => describe(report, each, "old")) : []),
  ];
  const refused = report.refused.map((each) => `error: ${oneLine(each)}`);
  return withoutCommands(`${[...refused, ...findings, ...summary(report, options)].join("\n")}\n`);
};

const headline = (finding: GateFinding, word: string): string =>
  `${oneLine(placeOf(finding))}: ${word}: ${functionName(finding)}: ${oneLine(finding.message)} [${finding.rule}]`;

const indented = (...lines: readonly (string | undefined)[]): readonly string[] =>
  lines.flatMap((line) => (line === undefined ? [] : [`  ${line}`]));

const describeFixed = (report: GateReport, finding: GateFinding): readonly string[] => [
  headline(finding, "fixed"),
  ...indented(...reachOf(finding), patchText(report, finding.patch)),
  "",
];

function describe(report: GateReport, finding: GateFinding, word: string): readonly string[] {
  const quoting = isQuoting(report, finding);
  const also = finding.alsoViolates.join(", ");
  const mended = mendedBy(report, finding);
  return [
    headline(finding, word),
    ...indented(
      patchText(report, finding.patch),
      ...guiltyText(report, finding),
      ...reachOf(finding),
      also ? `the same mistake also violates ${also}` : undefined,
      mended && `mended by ${mended}`,
      `reproduce: ${oneLine(reproduce(report, finding))}`,
    ),
    "  path:",
    ...shorten(finding.path, MOST_PATH_LINES).map(
      (step) => `    ${showStep(step, quoting, word === "fixed" ? "-" : "+")}`,
    ),
    "",
  ];
}

function showStep(step: PlacedStep | "...", quoting: boolean, sign: string): string {
  if (step === "...") return step;
  const where = quoting && step.patchLine !== undefined ? `mail ${step.patchLine}` : `line ${step.line}`;
  return `${where.padEnd(10)} ${step.changed ? sign : " "} ${oneLine(sayStep(step))}`;
}

function summary(report: GateReport, options: FormatOptions): readonly string[] {
  const { functions, provenance, assumed } = report;
  const lines = [
    ...report.notes.map((note) => `note: ${oneLine(note)}`),
    ...report.warnings.map((warning) => `warning: ${oneLine(warning)}`),
    ...boundTexts(report).map((bound) => `bound: ${bound}`),
    ...functions.skipped.map((each) => `not modelled: ${oneLine(each.function)}(): ${oneLine(each.reason)}`),
    ...functions.capped.map((each) => `capped: ${oneLine(each.function)}(): ${oneLine(each.reason)}`),
    ...(options.verbose ? assumed.map((each) => `assumed: ${oneLine(each)}`) : []),
  ];
  const counts = [
    `${report.new.length} new, ${report.fixed.length} fixed, ${report.old.length} old findings`,
    `${functions.seen} lock-taking functions, ${functions.modelled} modelled`,
    `${functions.skipped.length} skipped, ${functions.capped.length} capped, ${assumed.length} assumptions`,
  ];
  const verdict = report.verdict === "error" ? "not judged, as it does not apply" : counts.join("; ");
  return [
    ...lines,
    `${report.verdict}: ${verdict}`,
    originOf(report),
    `reproduce: ${oneLine(provenance.reproduce)}`,
  ];
}
