import type { PropertyResult } from "../../checker/result.ts";
import { renderText } from "../../counterexamples/render/text.ts";
import { count } from "../../counterexamples/render/words.ts";
import type { Source } from "../../model/ir/model.ts";
import { type Exploration, traceFor } from "./exploration.ts";

export interface TextChoice {
  readonly verbose: boolean;
}

/** What a person reads: a verdict per property, one line of counts, and the first violation's trace. */
export function explorationText(exploration: Exploration, choice: TextChoice): string {
  const verdicts = exploration.properties.map(verdictLine);
  const lines = [title(exploration), ...verdicts, "", counts(exploration), ...unreached(exploration, choice)];
  return `${lines.join("\n")}\n${traces(exploration, choice)}`;
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

function verdictLine({ verdict, property, message, run, evaluated }: PropertyResult): string {
  const steps = verdict === "violated" && run ? `(${count(run.moves.length, "step")})` : "";
  const said = [message ?? "", steps, evaluated ? "" : "(never evaluated)"].filter(Boolean);
  return `  ${verdict.padEnd(18)}  ${property.padEnd(26)}  ${said.join(" ")}`.trimEnd();
}

function counts({ result, properties }: Exploration): string {
  const { states, transitions, depth, backEnd } = result;
  const never = properties.filter(({ evaluated }) => !evaluated).length;
  return [
    `${count(states, "state")}, ${count(transitions, "transition")}, depth ${depth}, ${backEnd}`,
    extentOf({ result, properties }),
    `${count(result.unreached.length, "step")} never reached, ${count(never, "property", "properties")} never evaluated`,
  ].join("; ");
}

/** How far the search went, in words. */
function extentOf({ result, properties }: Omit<Exploration, "subject">): string {
  if (result.interrupted) return "interrupted";
  if (result.bounds.length > 0) return `bounded by ${result.bounds.map(({ detail }) => detail).join(", ")}`;
  const settled = properties.every(({ verdict }) => verdict === "violated");
  return settled ? "ended with the last violation" : "exhaustive";
}

function unreached({ result }: Exploration, { verbose }: TextChoice): readonly string[] {
  if (!verbose) return [];
  return result.unreached.map(({ label, source }) => `  never reached: ${placeOf(source)}${label}`);
}

const placeOf = (source: Source | undefined): string => (source ? `${source.file}:${source.line}  ` : "");

function traces(exploration: Exploration, { verbose }: TextChoice): string {
  const violated = exploration.properties.filter(({ verdict, run }) => verdict === "violated" && run);
  const shown = verbose ? violated : violated.slice(0, 1);
  const rest = violated.slice(shown.length).map(({ property }) => property);
  const told = shown.flatMap((each) => traceFor(exploration, each) ?? []);
  const hint = rest.length === 0 ? "" : `\nTraces of the others: --property ${rest.join(" | ")}\n`;
  return told.map((trace) => `\n${renderText(trace, { verbose })}`).join("") + hint;
}
