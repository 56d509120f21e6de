import type { Verdict } from "../checker/result.ts";
import { jsonText, oneLine, printable } from "../model/printable.ts";
import { type Format, sayCounts } from "./format.ts";
import type { GateReport } from "./report.ts";
import { gateText } from "./text/gate.ts";

/** What was not seen is a warning; so is a patch that does not apply, of which nothing is said. */
const STATES: Readonly<Record<Verdict, "pass" | "warn" | "fail">> = {
  holds: "pass",
  "nothing-to-check": "pass",
  violated: "fail",
  "holds-within-bound": "warn",
  interrupted: "warn",
  error: "warn",
};

/** What `b4 review` reads of a check command: an array of `{tool, status, summary, details}` (b4: CI check integration). */
export const b4: Format<GateReport> = (report, options) => {
  const { verdict, reservations } = report;
  const unseen = reservations.length > 0 && verdict !== "violated" ? `: ${reservations[0]}` : "";
  const result = {
    tool: "holdfast",
    status: STATES[verdict],
    summary: oneLine(`${verdict}, ${sayCounts(report)}${unseen}`),
    details: printable(gateText(report, options)),
  };
  return `${jsonText([result], 2)}\n`;
};
