import type { DiffLine, FileDiff } from "./diff/diff.ts";
import type { PlacedFinding, PlacedStep } from "./judge/place.ts";
import type { Guilty } from "./report.ts";

const JUMP = /^\s*(?:[A-Za-z_]\w*:\s*)?(continue|break|goto|return)\b/;
const LOOP = /^\s*(for|while|do)\b/;

/**
 * Finds the changed statement that makes a finding: the site where the patch adds it, else the last added
 * branch on the path with the jump it takes, else the last added step, else the nearest changed line.
 */
export function guiltyLine(finding: PlacedFinding, file: FileDiff | undefined): Guilty | undefined {
  const lines = file?.hunks.flatMap((hunk) => hunk.lines) ?? [];
  const site = finding.path.at(-1);
  const added = finding.path.filter((step) => step.added);
  const branch = added.findLast((step) => isBranch(step));
  const step = site?.added ? site : (branch ?? added.at(-1));
  const start = step ? lines.findIndex(({ input }) => input === step.patchLine) : nearest(lines, finding);
  const first = lines[start];
  if (!first) return undefined;
  const end = step ? statementEnd(lines, start) : start;
  return { from: first.input, to: lines[end]?.input ?? first.input, text: textBetween(lines, start, end) };
}

const isBranch = ({ text, decision }: PlacedStep): boolean =>
  JUMP.test(text) || (decision !== undefined && !LOOP.test(text));

/** The line with the statement's end: behind a condition, that of the jump it guards. */
function statementEnd(lines: readonly DiffLine[], start: number): number {
  const shown = lines
    .map(({ kind }, at) => ({ kind, at }))
    .filter(({ kind, at }) => at >= start && kind !== "removed");
  const at = (position: number) => lines[shown[position]?.at ?? -1]?.text ?? "";
  let end = 0;
  while (end < shown.length && end < 10 && !/[;{}:]\s*$/.test(withoutComment(at(end)))) end++;
  const opens = /\{\s*$/.test(at(end));
  if (opens && JUMP.test(at(end + 1))) end += 1;
  return shown[Math.min(end, shown.length - 1)]?.at ?? start;
}

const withoutComment = (text: string): string => text.replace(/\/\*.*?\*\/\s*$|\/\/.*$/, "");

/** A removed call has no place on a path: the changed line nearest to the site stands for it. */
function nearest(lines: readonly DiffLine[], finding: PlacedFinding): number {
  const near = (line: DiffLine) => Math.abs((line.newLine ?? line.oldLine ?? 0) - finding.line);
  const changed = lines.flatMap((line, at) =>
    line.kind === "context" || line.text.trim() === "" ? [] : [{ line, at }],
  );
  return changed.sort((one, other) => near(one.line) - near(other.line))[0]?.at ?? -1;
}

const textBetween = (lines: readonly DiffLine[], start: number, end: number): string =>
  lines
    .slice(start, end + 1)
    .filter(({ kind }) => kind !== "removed")
    .map(({ text }) => text.trim())
    .join(" ") ||
  (lines[start]?.text.trim() ?? "");
