import type { Verdict } from "../checker/result.ts";
import { count } from "../counterexamples/render/words.ts";
import type { PathStep } from "../functions/finding.ts";
import { oneLine } from "../model/printable.ts";
import type { CheckReport, Extent, GateReport, Report, ReportFinding, ReportKind } from "./report.ts";

export type ReportOf<K extends ReportKind> = Extract<Report, { readonly kind: K }>;

/** Turns a report into one text; pure. */
export type Format<R extends Report = Report> = (report: R, options: FormatOptions) => string;

export interface FormatOptions {
  /** Also the lists behind the counts. */
  readonly verbose?: boolean;
  /** Also findings that were there before the change. */
  readonly old?: boolean;
  /** A line for each finding, without its path. */
  readonly terse?: boolean;
}

/** The most steps of a path that are shown where a person reads. */
export const MAX_PATH_LINES = 12;

/** `file:line`, or the file alone where the line is not known. */
export const placeOf = ({ file, line }: { file: string; line: number }): string =>
  line > 0 ? `${file}:${line}` : file;

/** What a report was made with. */
export function originOf(provenance: Report["provenance"]): string {
  const { version } = provenance;
  if (!("table" in provenance)) return `holdfast ${version}`;
  const { table, kernel, baseCommit = "none", conditionals } = provenance;
  const arms = conditionals.join("; ") || "all";
  return oneLine(
    `holdfast ${version}, table ${table}, kernel ${kernel.version}, base ${baseCommit}, #if arms: ${arms}`,
  );
}

/** A step of a path in words, with what it does to the lock where that is known. */
export function sayStep({ text, decision, mark }: PathStep & { readonly mark?: string }): string {
  const said = [decision ?? [], mark ?? []].flat();
  return said.length > 0 ? `${text}   <- ${said.join("; ")}` : text;
}

/** What is wrong, with the function that it is in where there is one. */
export const sayFinding = ({ function: name, message }: ReportFinding): string =>
  name === "" ? message : `${name}(): ${message}`;

/** How much what was not seen weighs: where nothing was judged because of it, it is no mere reservation. */
export const unseenLevel = ({ verdict }: Report): "error" | "warning" =>
  verdict === "error" ? "error" : "warning";

/** What is there now, and was not before where that is known. */
export const present = <F extends ReportFinding>(findings: readonly F[]): readonly F[] =>
  findings.filter(({ standing }) => standing === undefined || standing === "new");

/** The lines that lead to a finding: what turned its path, where that was asked for, else the path. */
export function sayPath({ path, explanation = [], file: own }: ReportFinding): readonly string[] {
  if (explanation.length > 0) return explanation;
  return path.map((step) => {
    const { file = own, line } = step;
    return `${file === own ? line : `${file}:${line}`}: ${sayStep(step)}`;
  });
}

/** Several searches together. */
export const extentOf = (searches: readonly Extent[]): Extent => ({
  states: searches.reduce((sum, { states }) => sum + states, 0),
  transitions: searches.reduce((sum, { transitions }) => sum + transitions, 0),
  depth: searches.reduce((most, { depth }) => Math.max(most, depth), 0),
});

/** `5 states, 7 transitions, depth 3`. */
export const sayExtent = ({ states, transitions, depth }: Extent): string =>
  `${count(states, "state")}, ${count(transitions, "transition")}, depth ${depth}`;

/** How the findings of a report are counted. */
export function sayCounts(report: Report): string {
  if (report.kind !== "gate") return count(report.findings.length, "finding");
  const standing = report.findings.map((each) => each.standing);
  const number = (wanted: string) => standing.filter((each) => each === wanted).length;
  return `${number("new")} new, ${number("fixed")} fixed`;
}

/** Steps of a path worth showing when only so many lines may be: the beginning and, above all, the end. */
export function shorten<T>(path: readonly T[], most: number): readonly (T | "...")[] {
  if (path.length <= most) return path;
  return [...path.slice(0, 2), "...", ...path.slice(path.length - (most - 3))];
}

const GREEN: ReadonlySet<Verdict> = new Set(["holds", "holds-within-bound"]);

/** What a green verdict does not say; nothing of another. */
export const sayNotJudged = ({ verdict, notJudged }: CheckReport | GateReport): readonly string[] =>
  GREEN.has(verdict) ? [`not judged: ${notJudged.join(", ")}`] : [];

/** Lines of a list that a person reads through. */
const MAX_LISTED = 100;

/** The first lines of a long list, with how many more there are; all of it where that is asked for. */
export function abridged(lines: readonly string[], all: boolean): readonly string[] {
  if (all || lines.length <= MAX_LISTED) return lines;
  return [...lines.slice(0, MAX_LISTED), `... and ${lines.length - MAX_LISTED} more such (-v names all)`];
}
