import type { LockStory, PathStep } from "../functions/finding.ts";
import { MAX_PATH_LINES, shorten } from "./format.ts";
import type { ReportFinding } from "./report.ts";

/** A step of a path with what it does to the lock that the finding is about, in words. */
export type MarkedStep = ReportFinding["path"][number] & { readonly mark?: string };

/**
 * The path of a finding as a reader is to see it: what each step does to the lock is marked, and what stands before the
 * lock is taken is left out, but for the last decision.
 */
export function tellPath({
  path,
  rule,
  story = {},
}: Pick<ReportFinding, "path" | "rule"> & { readonly story?: LockStory }): readonly (MarkedStep | "...")[] {
  const steps = joined(path);
  const marks = marksOf(steps, rule, story);
  const marked = steps.map((step, at) => ({ ...step, ...(marks.has(at) && { mark: marks.get(at) ?? "" }) }));
  const first = Math.min(...marks.keys());
  if (first >= steps.length - 1) return shorten(marked, MAX_PATH_LINES);
  const told = story.taken === undefined ? marked : marked.slice(Math.max(0, first - 1));
  if (told.length <= MAX_PATH_LINES) return told;
  const from = Math.max(first + 1, steps.length - (MAX_PATH_LINES - 3));
  const gap = from > first + 1 ? ["..." as const] : [];
  return [...marked.slice(first, first + 1), ...gap, ...marked.slice(from)];
}

/** A path with the decisions that one line makes one after the other, such as the cases of a switch, on one step. */
function joined<S extends PathStep>(path: readonly S[]): readonly S[] {
  const steps: S[] = [];
  for (const step of path) {
    const before = steps.at(-1);
    const isSame = before?.line === step.line && before.text === step.text;
    if (!isSame || !before?.decision || !step.decision) steps.push(step);
    else steps[steps.length - 1] = { ...step, decision: `${before.decision}, ${step.decision}` };
  }
  return steps;
}

/** What is said of steps of a path, by their places in it. */
function marksOf(
  path: readonly PathStep[],
  rule: string,
  { callee, ...story }: LockStory,
): ReadonlyMap<number, string> {
  const how = rule === "exit-imbalance" && story.taken === undefined ? undefined : BROKEN[rule];
  const last = (line: number | undefined) => path.slice(0, -1).findLastIndex((step) => step.line === line);
  const said: readonly (readonly [number, string])[] = [
    [last(story.taken), "taken here"],
    [last(story.released), "released here"],
    [last(story.skipped), `release skipped: other ways release it at ${sayLines(story.elsewhere ?? [])}`],
    [
      path.length - 1,
      `violated here${how === undefined ? "" : `: ${how}`}${callee === undefined ? "" : `, by ${callee}()`}`,
    ],
  ];
  const marks = new Map<number, string>();
  for (const [at, mark] of said) {
    if (at >= 0) marks.set(at, [marks.get(at) ?? [], mark].flat().join("; "));
  }
  return marks;
}

/** What a step does that breaks a rule. */
const BROKEN: Readonly<Record<string, string>> = {
  "double-lock": "taken again",
  "double-unlock": "released again",
  "exit-imbalance": "still held",
  "no-sleep-in-atomic": "may sleep",
  "release-not-held": "released without it",
};

const MAX_LINES_SAID = 3;

function sayLines(lines: readonly number[]): string {
  const rest = lines.length > MAX_LINES_SAID ? ", ..." : "";
  return `line${lines.length > 1 ? "s" : ""} ${lines.slice(0, MAX_LINES_SAID).join(", ")}${rest}`;
}
