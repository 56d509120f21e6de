import { NOT_WANTED } from "../../checker/reduce/reductions.ts";
import type { Reduction } from "../../checker/result.ts";
import { renderText } from "../../counterexamples/render/text.ts";
import { count } from "../../counterexamples/render/words.ts";
import type { Source } from "../../model/ir/model.ts";
import { harmlessLines, oneLine } from "../../model/printable.ts";
import type { Format, FormatOptions } from "../format.ts";
import { isIdle, scopeOf } from "../of-explore.ts";
import type { ExploredModel, ExploredProperty, ExploreReport } from "../report.ts";
import { matrixText } from "./matrix.ts";

/** How a counterexample is told. */
type Telling = (found: ExploredProperty, options: FormatOptions) => string;

/** What a person reads: a verdict per property, one line of counts, and the first violation's trace, or all. */
export const exploreText: Format<ExploreReport> = (report, options) =>
  reportText(report, options, ({ trace }, { verbose = false }) =>
    trace ? renderText(trace, { verbose }) : "",
  );

/** The same with what a debugging kernel would print on the trace. */
export const lockdepText: Format<ExploreReport> = (report, options) =>
  reportText(report, options, ({ kernelLog = "" }) => kernelLog);

/** Versions of one scenario side by side are a matrix. */
function reportText({ models, keptGoing }: ExploreReport, options: FormatOptions, tell: Telling): string {
  const [first, ...others] = models;
  if (!first) return "";
  if (others.length > 0) return matrixText(models);
  return `${modelText(first, options)}${traces(first, options, tell)}${keptGoing ? `\n${keptGoing}` : ""}`;
}

function modelText(model: ExploredModel, options: FormatOptions): string {
  const { scenario, version, parameters, properties } = model;
  const lines = [
    [scenario, version, scopeOf(parameters)].filter(Boolean).join("  "),
    ...properties.map(verdictLine),
    "",
    counts(model),
    ...(model.search.notes ?? []).map((note) => `note: ${note}`),
    ...(options.verbose === true ? [...reductions(model), ...unreached(model)] : []),
  ];
  return `${harmlessLines(lines)}\n`;
}

function verdictLine(judged: ExploredProperty): string {
  const { verdict, property, message, steps } = judged;
  const length = steps === undefined ? "" : `(${count(steps, "step")})`;
  const said = [message ?? "", length, isIdle(judged) ? "(never evaluated)" : ""].filter(Boolean);
  return `  ${verdict.padEnd(18)}  ${property.padEnd(26)}  ${said.join(" ")}`.trimEnd();
}

function counts({ search, properties }: ExploredModel): string {
  const { states, transitions, depth, backEnd, reductions: told = [], unreached } = search;
  const reduced = told.some(({ applied }) => applied) ? ", reduced" : fallBack(told);
  const never = properties.filter(isIdle).length;
  return [
    `${count(states, "state")}, ${count(transitions, "transition")}, depth ${depth}, ${backEnd}${reduced}`,
    extentOf({ search, properties }),
    `${count(unreached.length, "step")} never reached, ${count(never, "property", "properties")} never evaluated`,
  ].join("; ");
}

/** Why the search is full, where another option rules all reductions out. */
function fallBack(told: readonly Reduction[]): string {
  const [reason, ...others] = new Set(told.map(({ detail }) => detail));
  const known = reason === undefined || reason === NOT_WANTED || others.length > 0;
  return known ? "" : ` (not reduced: ${reason})`;
}

/** How far the search went, in words. */
function extentOf({ search, properties }: Pick<ExploredModel, "search" | "properties">): string {
  if (search.interrupted) return "interrupted";
  if (search.fault) return "ended where the model is wrong";
  if (search.bounds.length > 0) return `bounded by ${search.bounds.map(({ detail }) => detail).join(", ")}`;
  const settled = properties.every(({ verdict }) => verdict === "violated");
  return settled ? "ended with the last violation" : "exhaustive";
}

function unreached({ search }: ExploredModel): readonly string[] {
  return search.unreached.map(({ label, source }) => `  never reached: ${placeOf(source)}${label}`);
}

function reductions({ search: { reductions = [] } }: ExploredModel): readonly string[] {
  return reductions.map(
    ({ reduction, applied, detail }) => `  ${reduction}${applied ? "" : " not applied"}: ${detail}`,
  );
}

const placeOf = (source: Source | undefined): string => (source ? `${source.file}:${source.line}  ` : "");

function traces({ properties }: ExploredModel, options: FormatOptions, tell: Telling): string {
  const told = properties.flatMap((each) => (each.trace ? [`\n${tell(each, options)}`] : []));
  const left = properties.filter(
    ({ verdict, steps, trace }) => verdict === "violated" && steps !== undefined && !trace,
  );
  const rest = left.map(({ property }) => property);
  const hint =
    rest.length === 0 ? "" : `\n${oneLine(`Traces of the others: --property ${rest.join(" | ")}`)}\n`;
  return told.join("") + hint;
}
