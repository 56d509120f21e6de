import { renderText } from "../../counterexamples/render/text.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import type { Exploration, Report } from "./report.ts";

export interface TextChoice {
  readonly verbose: boolean;
}

/** What a person reads: a verdict per property, one line of counts, and the first violation's trace. */
export function explorationText(exploration: Exploration, choice: TextChoice): string {
  const { reports } = exploration;
  const lines = [title(exploration), ...reports.map(verdictLine), "", ...countLines(exploration, choice)];
  const traces = reports.flatMap(({ trace }) => (trace ? [trace] : []));
  return `${lines.join("\n")}\n${tracesText(traces, choice)}`;
}

function title({ subject: { identity } }: Exploration): string {
  return [identity.scenario, identity.version, scopeOf(identity.parameters)].filter(Boolean).join("  ");
}

/** `ptes = 2, folios = 2`; a verdict is never wider than this. */
export function scopeOf(parameters: Readonly<Record<string, number>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} = ${value}`)
    .join(", ");
}

function verdictLine({ verdict, property, message, trace, evaluated }: Report): string {
  const said = [
    message ?? "",
    trace ? `(${trace.steps.length} steps)` : "",
    evaluated ? "" : "(never evaluated)",
  ];
  return `  ${verdict.padEnd(18)}  ${property.padEnd(26)}  ${said.filter(Boolean).join(" ")}`.trimEnd();
}

function countLines(
  { reports, unreached, backEnd }: Exploration,
  { verbose }: TextChoice,
): readonly string[] {
  const [first] = reports;
  if (!first) return ["nothing to judge"];
  const bounds = first.bounds.map((each) => each.detail).join(", ");
  const settled = reports.every(({ verdict }) => verdict === "violated");
  const end = settled ? "ended with the last violation" : "exhaustive";
  const counts = `${first.states} states, ${first.transitions} transitions, depth ${first.depth}, ${backEnd}`;
  const never = reports.filter(({ evaluated }) => !evaluated).length;
  const vacuity = `${unreached.length} steps never reached, ${never} properties never evaluated`;
  const listed = verbose
    ? unreached.map(({ label, source }) => `  never reached: ${placeOf(source)}${label}`)
    : [];
  return [`${counts}; ${bounds === "" ? end : `bounded by ${bounds}`}; ${vacuity}`, ...listed];
}

const placeOf = (source: { file: string; line: number } | undefined): string =>
  source ? `${source.file}:${source.line}  ` : "";

function tracesText(traces: readonly Trace[], { verbose }: TextChoice): string {
  const shown = verbose ? traces : traces.slice(0, 1);
  const rest = traces.slice(shown.length).map(({ property }) => property);
  const hint = rest.length === 0 ? "" : `\nTraces of the others: --property ${rest.join(" | ")}\n`;
  return shown.map((trace) => `\n${renderText(trace, { verbose })}`).join("") + hint;
}
