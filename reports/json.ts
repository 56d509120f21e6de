import { type GateFinding, type GateReport, reproduce } from "../gate/report.ts";
import { jsonText } from "../model/printable.ts";
import type { Format } from "./format.ts";

/** One document; docs/gate-json.md describes it. Control characters are escaped by JSON itself. */
export const json: Format = (report, { old }) => {
  const { changes: _, old: oldFindings, new: fresh, fixed, ...rest } = report;
  const show = (findings: readonly GateFinding[]) => findings.map((each) => document(report, each));
  const lists = { new: show(fresh), fixed: show(fixed), ...(old && { old: show(oldFindings) }) };
  const { verdict, functions, assumed, bounds, ...others } = rest;
  return `${jsonText({ verdict, ...lists, functions, assumed, bounds, ...others }, 2)}\n`;
};

const document = (report: GateReport, finding: GateFinding) => ({
  ...finding,
  reproduce: reproduce(report, finding),
});
