import { jsonText } from "../model/printable.ts";
import type { Format } from "./format.ts";
import { limitsOf } from "./limits.ts";
import { ofStanding } from "./of-gate.ts";
import type {
  ChangeFinding,
  CheckFinding,
  CheckReport,
  ExploredModel,
  ExploredProperty,
  ExploreReport,
  GateReport,
  Standing,
} from "./report.ts";

const documentText = (value: unknown): string => `${jsonText(value, 2)}\n`;

/** One document; docs/check.md describes it. Control characters are escaped by JSON itself. */
export const checkJson: Format<CheckReport> = (report) => {
  const { verdict, extent, leftOut, functions, assumed, bounds, warnings, provenance } = report;
  const findings = report.findings.map(findingDocument);
  return documentText({
    ...{ verdict, findings, leftOut, functions, assumed, bounds, limits: limitsOf(report) },
    ...{ ...extent, warnings, provenance },
  });
};

/** One document; docs/gate-json.md describes it. */
export const gateJson: Format<GateReport> = (report, { old }) => {
  const { verdict, extent, refused, functions, assumed, bounds, notes, warnings, provenance, patches } =
    report;
  const show = (standing: Standing) => ofStanding(report, standing).map(findingDocument);
  const lists = { new: show("new"), fixed: show("fixed"), ...(old && { old: show("old") }) };
  return documentText({
    ...{ verdict, ...lists, functions, assumed, bounds, limits: limitsOf(report) },
    ...{ ...extent, refused, notes, warnings, provenance, patches },
  });
};

/** An array with one object for each property of each model; docs/json.md describes it. */
export const exploreJson: Format<ExploreReport> = ({ models }) =>
  documentText(models.flatMap((model) => model.properties.map((each) => propertyDocument(model, each))));

/** A finding as JSON has it: without what other keys of the document say, or what is there for other formats. */
export function findingDocument(finding: CheckFinding | ChangeFinding) {
  const {
    fingerprint: _fingerprint,
    fails: _fails,
    standing: _standing,
    remarks: _remarks,
    ...shown
  } = finding;
  return shown;
}

function propertyDocument(model: ExploredModel, judged: ExploredProperty) {
  const { scenario, version = null, parameters, search } = model;
  const { property, verdict, message = null, evaluated, trace = null, reproduce } = judged;
  const { bounds, states, transitions, depth, reductions = [], notes = [] } = search;
  const unreached = search.unreached.map(({ transition, ...step }) => step);
  return {
    ...{ scenario, version, parameters, property, verdict, message, evaluated },
    ...{ bounds, states, transitions, depth, reductions, unreached, notes, trace, reproduce },
  };
}
