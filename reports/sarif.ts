import { rules } from "../functions/rule.ts";
import { jsonText, oneLine } from "../model/printable.ts";
import { properties } from "../properties/library.ts";
import { isShownElsewhere, placeInDiff } from "./diff-place.ts";
import { type Format, sayFinding, unseenLevel } from "./format.ts";
import { limitsOf } from "./limits.ts";
import type { Report, ReportFinding, ReportStep, Standing } from "./report.ts";

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), with the path as a code flow. */
export const sarif: Format = (report, { old }) => {
  const shown = report.findings.filter(({ standing }) => standing !== "old" || old);
  const results = shown.map((each) => resultOf(report, each));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: toolOf(report),
        invocations: [invocationOf(report)],
        results,
        properties: propertiesOf(report),
      },
    ],
  };
  return `${jsonText(log, 2)}\n`;
};

function toolOf({ findings, provenance }: Report) {
  const rules = [...new Set(findings.map(({ rule }) => rule))].sort();
  return { driver: { name: "holdfast", version: provenance.version, rules: rules.map(ruleOf) } };
}

function ruleOf(id: string) {
  const known = [...properties, ...rules.map(({ property }) => property)];
  const summary = known.find(({ name }) => name === id)?.summary;
  return { id, ...(summary !== undefined && { shortDescription: { text: summary } }) };
}

const invocationOf = (report: Report) => ({
  executionSuccessful: report.verdict !== "error",
  commandLine: oneLine(report.provenance.reproduce),
  toolExecutionNotifications: [
    ...report.reservations.map((each) => ({ level: unseenLevel(report), message: { text: oneLine(each) } })),
    ...report.notes.map((each) => ({ level: "note", message: { text: oneLine(each) } })),
  ],
});

function propertiesOf(report: Report) {
  const { verdict, extent, provenance } = report;
  const common = { verdict, ...extent, provenance };
  if (report.kind === "explore") return { ...common, held: report.held };
  return { ...common, functions: report.functions, assumed: report.assumed, limits: limitsOf(report) };
}

const BASELINE_STATES = { new: "new", fixed: "absent", old: "unchanged" } as const satisfies Record<
  Standing,
  string
>;

function levelOf({ standing, fails }: ReportFinding): "error" | "warning" | "note" {
  if (standing === "fixed") return "note";
  return fails ? "error" : "warning";
}

function resultOf(report: Report, finding: ReportFinding) {
  const { kind } = report;
  const shown = placeInDiff(report, finding);
  const { rule, standing, remarks, alsoViolates, explanation, fingerprint, reproduce } = finding;
  const key = kind === "gate" ? "holdfast/v1" : `holdfast/${kind}/v1`;
  return {
    ruleId: rule,
    level: levelOf(finding),
    ...(standing && { baselineState: BASELINE_STATES[standing] }),
    message: { text: [oneLine(sayFinding(finding)), ...remarks].join(", ") },
    locations: [locationOf(shown.file, shown.line)],
    ...(isShownElsewhere(shown, finding) && {
      relatedLocations: [
        { ...locationOf(finding.file, finding.line), message: { text: "where it goes wrong" } },
      ],
    }),
    partialFingerprints: { [key]: oneLine(fingerprint) },
    codeFlows: [{ threadFlows: [{ locations: stepsOf(finding).map((step) => flowOf(finding.file, step)) }] }],
    properties: {
      reproduce: oneLine(reproduce),
      ...(alsoViolates !== undefined && { alsoViolates }),
      ...(explanation && { explanation: explanation.map(oneLine) }),
    },
  };
}

/** A flow has to have a location: where no path is known, the site. */
const stepsOf = ({ path, line, message }: ReportFinding): readonly ReportStep[] =>
  path.length > 0 ? path : [{ line, text: message }];

function flowOf(own: string, { file = own, line, text, decision }: ReportStep) {
  const said = decision === undefined ? oneLine(text) : `${oneLine(text)} (${oneLine(decision)})`;
  return { location: { ...locationOf(file, line), message: { text: said || "-" } } };
}

function locationOf(file: string, line: number) {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  const region = line > 0 ? { region: { startLine: line } } : {};
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, ...region } };
}
