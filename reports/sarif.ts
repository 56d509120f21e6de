import type { PlacedStep } from "../gate/judge/place.ts";
import { type GateFinding, type GateReport, reproduce, reservations } from "../gate/report.ts";
import { jsonText, oneLine } from "../model/printable.ts";
import { type Format, reachOf } from "./format.ts";

type State = "new" | "unchanged" | "absent";

/** Static Analysis Results Interchange Format 2.1.0 (OASIS), with the path as a code flow. */
export const sarif: Format = (report, { old }) => {
  const states: readonly (readonly [State, readonly GateFinding[]])[] = [
    ["new", report.new],
    ["absent", report.fixed],
    ["unchanged", old ? report.old : []],
  ];
  const results = states.flatMap(([state, found]) => found.map((each) => resultOf(report, each, state)));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [{ tool: toolOf(report), invocations: [invocationOf(report)], results, ...propertiesOf(report) }],
  };
  return `${jsonText(log, 2)}\n`;
};

function toolOf({ new: fresh, fixed, old, provenance }: GateReport) {
  const rules = [...new Set([...fresh, ...fixed, ...old].map(({ rule }) => rule))].sort();
  return { driver: { name: "holdfast", version: provenance.version, rules: rules.map((id) => ({ id })) } };
}

const invocationOf = (report: GateReport) => ({
  executionSuccessful: report.verdict !== "error",
  commandLine: oneLine(report.provenance.reproduce),
  toolExecutionNotifications: reservations(report).map((bound) => ({
    level: "warning",
    message: { text: oneLine(bound) },
  })),
});

const propertiesOf = ({ verdict, functions, assumed, provenance }: GateReport) => ({
  properties: { verdict, functions, assumed, provenance },
});

const LEVELS = { new: "error", unchanged: "warning", absent: "note" } as const;

function resultOf(report: GateReport, finding: GateFinding, state: State) {
  return {
    ruleId: finding.rule,
    level: LEVELS[state],
    baselineState: state,
    message: {
      text: [`${oneLine(finding.function)}(): ${oneLine(finding.message)}`, ...reachOf(finding)].join(", "),
    },
    locations: [locationOf(finding.file, finding.line)],
    partialFingerprints: { "holdfast/v1": finding.digest },
    codeFlows: [{ threadFlows: [{ locations: stepsOf(finding).map((step) => flowOf(finding.file, step)) }] }],
    properties: { reproduce: oneLine(reproduce(report, finding)), alsoViolates: finding.alsoViolates },
  };
}

/** A flow has to have a location: where no path is known, the site. */
const stepsOf = ({ path, line, message }: GateFinding): readonly PlacedStep[] =>
  path.length > 0 ? path : [{ line, text: message }];

function flowOf(file: string, { line, text, decision }: PlacedStep) {
  const said = decision === undefined ? oneLine(text) : `${oneLine(text)} (${oneLine(decision)})`;
  return { location: { ...locationOf(file, line), message: { text: said || "-" } } };
}

function locationOf(file: string, line: number) {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  const region = line > 0 ? { region: { startLine: line } } : {};
  return { physicalLocation: { artifactLocation: { uri, uriBaseId: "%SRCROOT%" }, ...region } };
}
