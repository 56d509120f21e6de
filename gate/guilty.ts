import type { DiffLine, FileDiff } from "./diff/diff.ts";
import { goneCall } from "./gone-call.ts";
import type { PlacedFinding, PlacedStep } from "./judge/place.ts";
import type { Guilty } from "./result.ts";

const JUMP = /^\s*(?:[A-Za-z_]\w*:\s*)?(continue|break|goto|return)\b/;
const IF = /^\s*(?:\}\s*)?(?:else\s+)?if\b/;
/** More than a statement that a person would quote. */
const MAX_LINES = 10;
const LOOP = /^\s*(for|while|do)\b/;

/**
 * Finds the changed statement that makes a finding: a call on its lock that is gone from among the lines of the
 * path, else the site where the patch changes it, else the last changed branch on the path with the jump it
 * takes, else the last changed step, else the nearest changed line.
 */
export function guiltyLine(finding: PlacedFinding, file: FileDiff | undefined): Guilty | undefined {
  const lines = file?.hunks.flatMap((hunk) => hunk.lines) ?? [];
  const gone = goneCall(lines, finding);
  const step = gone === undefined ? guiltyStep(finding.path) : undefined;
  const changed = lines.findIndex(({ input }) => input === step?.patchLine);
  const start = gone ?? (step ? changed : nearest(lines, finding));
  const first = lines[start];
  if (!first) return undefined;
  const end = step || gone !== undefined ? statementEnd(lines, start) : start;
  return { from: first.input, to: lines[end]?.input ?? first.input, text: textBetween(lines, start, end) };
}

function guiltyStep(path: readonly PlacedStep[]): PlacedStep | undefined {
  if (path.at(-1)?.changed) return path.at(-1);
  const branch = path.findLastIndex((step) => step.changed === true && isBranch(step));
  const [condition, jump] = [path[branch - 1], path[branch]];
  const guarded = jump && JUMP.test(jump.text) && condition?.changed && IF.test(condition.text);
  return (guarded ? condition : jump) ?? path.findLast(({ changed }) => changed);
}

const isBranch = ({ text, decision }: PlacedStep): boolean =>
  JUMP.test(text) || (decision !== undefined && !LOOP.test(text));

/** Where the statement ends; an `if` goes on to the jump that it guards. */
function statementEnd(lines: readonly DiffLine[], start: number): number {
  const shown = lines.flatMap(({ kind }, at) =>
    at >= start && (kind === "context" || kind === lines[start]?.kind) ? [at] : [],
  );
  const code = shown.slice(0, MAX_LINES).map((at) => withoutComment(lines[at]?.text ?? ""));
  const end = code.findIndex((text) => /[;{}:]\s*$/.test(text));
  const jumps = /\{\s*$/.test(code[end] ?? "") && JUMP.test(code[end + 1] ?? "");
  return shown[jumps ? end + 1 : Math.max(0, end)] ?? start;
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
    .filter(({ kind }) => kind === "context" || kind === lines[start]?.kind)
    .map(({ text }) => text.trim())
    .join(" ") ||
  (lines[start]?.text.trim() ?? "");
