import type { LockStory, PathStep, WithinCall } from "../functions/finding.ts";
import { MAX_PATH_LINES, shorten } from "./format.ts";
import type { ReportFinding } from "./report.ts";

/** A step of a path with what it does to the lock that the finding is about, in words. */
export type MarkedStep = ReportFinding["path"][number] & { readonly mark?: string };

/**
 * The path of a finding as a reader is to see it: what each step does to the lock is marked, and what stands before the
 * lock is taken is left out, but for the last decision.
 */
export function tellPath({ path, rule, story = {} }: Told): readonly (MarkedStep | "...")[] {
  const lost = story.within?.filter(({ does }) => does === "nothing") ?? [];
  return outerPath({ path, rule, story }).flatMap((step) => {
    const within = step === "..." ? undefined : lost.find(({ line }) => line === step.line);
    return within ? [step, ...innerSteps(within)] : [step];
  });
}

type Told = Pick<ReportFinding, "path" | "rule"> & { readonly story?: LockStory };

/** What a callee does in place of changing the lock. */
const innerSteps = ({ callee, steps }: WithinCall): readonly MarkedStep[] =>
  steps.map((step, at) => ({
    ...step,
    mark:
      at < steps.length - 1
        ? `in ${callee}()`
        : `${callee}() returns here without releasing or taking the lock`,
  }));

function outerPath({ path, rule, story = {} }: Told): readonly (MarkedStep | "...")[] {
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
  const groups: { step: S; decisions: string[] }[] = [];
  for (const step of path) {
    const before = groups.at(-1);
    const isSame = before?.step.line === step.line && before.step.text === step.text;
    const { decision } = step;
    if (!isSame || !before?.step.decision || decision === undefined)
      groups.push({ step, decisions: decision === undefined ? [] : [decision] });
    else before.decisions.push(decision);
  }
  return groups.map(({ step, decisions }) =>
    decisions.length < 2 ? step : { ...step, decision: sayDecisions(step, decisions) },
  );
}

/** Of the cases of a switch the one that is chosen; of a call that is asked at once its outcome. */
function sayDecisions({ text }: PathStep, decisions: readonly string[]): string {
  if (/^switch\b/.test(text)) {
    const chosen = decisions.filter((each) => !each.endsWith(" is false"));
    return chosen.length > 0 ? chosen.join(", ") : "none of the cases";
  }
  const callee = (each = "") => /^(\w+)\(/.exec(each)?.[1];
  const isAsked = (each: string, at: number) =>
    at > 0 &&
    / is (?:true|false)$/.test(each) &&
    callee(each) !== undefined &&
    callee(each) === callee(decisions[at - 1]);
  return decisions.filter((each, at) => !isAsked(each, at)).join(", ");
}

/** What is said of steps of a path, by their places in it. */
function marksOf(
  path: readonly PathStep[],
  rule: string,
  { callee, within = [], ...story }: LockStory,
): ReadonlyMap<number, string> {
  const how = rule === "exit-imbalance" && story.taken === undefined ? undefined : BROKEN[rule];
  const last = (line: number | undefined) => path.slice(0, -1).findLastIndex((step) => step.line === line);
  const said: readonly (readonly [number, string])[] = [
    [last(story.taken), `taken here${byCallee("takes", story.taken, within)}`],
    [last(story.released), `released here${byCallee("releases", story.released, within)}`],
    [last(story.skipped), skipWords(story, within)],
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

/** `, by box_get() at line 12`: where a callee does it. */
function byCallee(does: WithinCall["does"], line: number | undefined, within: readonly WithinCall[]): string {
  const call = within.find((each) => each.does === does && each.line === line);
  const at = call?.steps.at(-1)?.line;
  return call && at !== undefined ? `, by ${call.callee}() at line ${at}` : "";
}

/** A callee that releases it on its other exits alone says so. */
function skipWords({ skipped, elsewhere = [] }: LockStory, within: readonly WithinCall[]): string {
  const call = within.find((each) => each.does === "nothing" && each.line === skipped);
  const lines = elsewhere.filter((line) => line !== skipped);
  if (!call) return `release skipped: it is released at ${sayLines(elsewhere)}`;
  const also = lines.length > 0 ? `, ${sayLines(lines)} on other paths` : "";
  return `release skipped: ${call.callee}() releases the lock on its other returns${also}`;
}

/** What a step does that breaks a rule. */
const BROKEN: Readonly<Record<string, string>> = {
  "double-lock": "taken again",
  "double-unlock": "released again",
  "exit-imbalance": "still held",
  "no-sleep-in-atomic": "may sleep",
  "irq-flags-mismatch": "interrupts are enabled here",
  "release-not-held": "released, but not held",
};

const MAX_LINES_SAID = 3;

function sayLines(lines: readonly number[]): string {
  const rest = lines.length > MAX_LINES_SAID ? ", ..." : "";
  return `line${lines.length > 1 ? "s" : ""} ${lines.slice(0, MAX_LINES_SAID).join(", ")}${rest}`;
}
