import type { PlacedStep } from "../gate/judge/place.ts";
import type { GateFinding, GateReport } from "../gate/report.ts";
import { oneLine } from "../model/printable.ts";

/** Turns a report into one text; pure. */
export type Format = (report: GateReport, options: FormatOptions) => string;

export interface FormatOptions {
  /** Also the lists behind the counts. */
  readonly verbose?: boolean;
  /** Also findings that were there before the change. */
  readonly old?: boolean;
}

/** `file:line`, or the file alone where the line is not known. */
export const placeOf = ({ file, line }: { file: string; line: number }): string =>
  line > 0 ? `${file}:${line}` : file;

/** What a report was made with. */
export function originOf({ provenance }: GateReport): string {
  const { version, table, kernel, baseCommit, conditionals } = provenance;
  const arms = conditionals.join("; ") || "all";
  const tool = `holdfast ${version}, table ${table}, kernel ${kernel.version}`;
  return oneLine(`${tool}, base ${baseCommit ?? "none"}, #if arms: ${arms}`);
}

/** A step of a path in words. */
export const sayStep = ({ text, decision }: PlacedStep): string =>
  decision === undefined ? text : `${text}   <- ${decision}`;

/** The changed function that is to blame, where it is another. */
export const blameOf = ({ because }: GateFinding): string | undefined =>
  because && `because ${oneLine(because.function)}() in ${oneLine(because.file)} ${oneLine(because.words)}`;

/** The callers that the same mistake reaches. */
export function callersOf({ because, consequences, function: own }: GateFinding): string | undefined {
  const callers = new Set(consequences.map((each) => each.function).filter((name) => name !== own));
  const names = [...callers].sort().map((name) => `${oneLine(name)}()`);
  const count = `${names.length} ${because ? "more " : ""}${names.length === 1 ? "caller" : "callers"}`;
  return names.length === 0 ? undefined : `reaches ${count}: ${names.join(", ")}`;
}

/** Both, where there is something to say. */
export const reachOf = (finding: GateFinding): readonly string[] =>
  [blameOf(finding), callersOf(finding)].filter((each) => each !== undefined);

/** Where the input is a mail that quotes: its lines are named beside the file's. */
export const isQuoting = ({ changes }: GateReport, { patch }: GateFinding): boolean =>
  (changes[patch]?.depth ?? 0) > 0;

/** Steps of a path worth showing when only so many lines may be: the beginning and, above all, the end. */
export function shorten<T>(path: readonly T[], most: number): readonly (T | "...")[] {
  if (path.length <= most) return path;
  return [...path.slice(0, 2), "...", ...path.slice(path.length - (most - 3))];
}
