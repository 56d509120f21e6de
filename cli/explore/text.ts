import { NOT_WANTED } from "../../checker/reduce/reductions.ts";
import type { PropertyResult, Reduction, SearchResult } from "../../checker/result.ts";
import { count } from "../../counterexamples/render/words.ts";
import type { Source } from "../../model/ir/model.ts";
import { harmlessLines, oneLine } from "../../model/printable.ts";
import { explainingText, type TraceOptions } from "../trace/options.ts";
import { tellTrace } from "../trace/tell.ts";
import { counterexampleTo, type Exploration } from "./exploration.ts";

/** What a person reads: a verdict per property, one line of counts, and the first violation's trace. */
export async function explorationText(exploration: Exploration, options: TraceOptions): Promise<string> {
  const { note, result } = exploration;
  const lines = [
    title(exploration),
    ...exploration.properties.map(verdictLine),
    "",
    counts(exploration),
    ...(note === undefined ? [] : [note]),
    ...(options.verbose === true ? [...reductions(result), ...unreached(result)] : []),
  ];
  return `${harmlessLines(lines)}\n${await traces(exploration, options)}`;
}

function title({ family: { subject } }: Exploration): string {
  const { identity } = subject;
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
  const { states, transitions, depth, backEnd, reductions: told = [] } = result;
  const reduced = told.some(({ applied }) => applied) ? ", reduced" : fallBack(told);
  const never = properties.filter(({ evaluated }) => !evaluated).length;
  return [
    `${count(states, "state")}, ${count(transitions, "transition")}, depth ${depth}, ${backEnd}${reduced}`,
    extentOf({ result, properties }),
    `${count(result.unreached.length, "step")} never reached, ${count(never, "property", "properties")} never evaluated`,
  ].join("; ");
}

/** Why the search is full, where another option rules all reductions out. */
function fallBack(told: readonly Reduction[]): string {
  const [reason, ...others] = new Set(told.map(({ detail }) => detail));
  const known = reason === undefined || reason === NOT_WANTED || others.length > 0;
  return known ? "" : ` (not reduced: ${reason})`;
}

/** How far the search went, in words. */
function extentOf({ result, properties }: Pick<Exploration, "result" | "properties">): string {
  if (result.interrupted) return "interrupted";
  if (result.bounds.length > 0) return `bounded by ${result.bounds.map(({ detail }) => detail).join(", ")}`;
  const settled = properties.every(({ verdict }) => verdict === "violated");
  return settled ? "ended with the last violation" : "exhaustive";
}

function unreached({ unreached }: SearchResult): readonly string[] {
  return unreached.map(({ label, source }) => `  never reached: ${placeOf(source)}${label}`);
}

function reductions({ reductions = [] }: SearchResult): readonly string[] {
  return reductions.map(
    ({ reduction, applied, detail }) => `  ${reduction}${applied ? "" : " not applied"}: ${detail}`,
  );
}

const placeOf = (source: Source | undefined): string => (source ? `${source.file}:${source.line}  ` : "");

async function traces(exploration: Exploration, options: TraceOptions): Promise<string> {
  const violated = exploration.properties.filter(({ verdict, run }) => verdict === "violated" && run);
  const shown = options.verbose === true ? violated : violated.slice(0, 1);
  const told: string[] = [];
  for (const each of shown) {
    const found = await counterexampleTo(exploration, each, explainingText(options));
    if (found) told.push(`\n${await tellTrace(found.subject, found.trace, options)}`);
  }
  const rest = violated.slice(shown.length).map(({ property }) => property);
  const hint =
    rest.length === 0 ? "" : `\n${oneLine(`Traces of the others: --property ${rest.join(" | ")}`)}\n`;
  return told.join("") + hint;
}
