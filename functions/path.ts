import type { Run } from "../checker/result.ts";
import type { Translation } from "../model/c/index.ts";
import type { Source, Transition } from "../model/ir/model.ts";
import type { PathStep } from "./finding.ts";

/** The transitions of a run, in order. */
export function transitionsOf(
  { model }: Translation,
  run: Run,
): readonly { readonly index: number; readonly transition: Transition }[] {
  const all = model.programs[0]?.transitions ?? [];
  return run.moves.flatMap(({ transition: index }) => {
    const transition = all[index];
    return transition ? [{ index, transition }] : [];
  });
}

/** A run as lines of the source: calls, decisions and jumps, up to what happens last or the way out behind it. */
export function pathOf(translation: Translation, run: Run, end: "event" | "exit"): readonly PathStep[] {
  const passed = transitionsOf(translation, run);
  const steps = passed.flatMap(({ index, transition }, at) => {
    const shown = transition.decision !== undefined || (transition.events?.length ?? 0) > 0;
    const own = shown ? stepOf(transition) : [];
    if (end === "event" && at === passed.length - 1 && own.length > 0) return own;
    return [...own, ...(translation.jumps[index] ?? []).map((source) => stepAt(source))];
  });
  return steps.filter((step, at) => !isRepeated(step, steps[at + 1]));
}

/** What a step says without its line: what it does, where that is asked for, and what is decided on it. */
export function stepTexts(transition: Transition, withSource: boolean): readonly string[] {
  const decided = decisionText(transition);
  return [
    ...(withSource ? [transition.source?.text ?? ""] : []),
    ...(decided === undefined ? [] : [decided]),
  ];
}

/** A call that decides something is followed by the branch that asks for it, on the same line. */
function isRepeated(step: PathStep, next: PathStep | undefined): boolean {
  return (
    next !== undefined && step.line === next.line && step.decision === undefined && step.text === next.text
  );
}

function decisionText({ decision }: Transition): string | undefined {
  if (!decision) return undefined;
  return decision.kind === "outcome"
    ? `${decision.subject}() ${RETURNS[decision.alternative] ?? decision.alternative}`
    : `${decision.subject} is ${decision.alternative}`;
}

/** A transition as a step of a path; none where the source has no place for it. */
export const stepOf = (transition: Transition): readonly PathStep[] =>
  transition.source ? [stepAt(transition.source, decisionText(transition))] : [];

/** What is said of the outcomes of a function that is judged itself (functions/summary.ts). */
const RETURNS: Readonly<Record<string, string>> = {
  "returns any": "returns",
  "returns nothing": "returns",
  "returns error": "returns an error",
  "returns positive": "returns a positive number",
  "returns nonzero": "returns a number that is not zero",
};

const stepAt = ({ line, text }: Source, decision?: string): PathStep => ({
  line,
  text: text ?? "",
  ...(decision !== undefined && { decision }),
});
