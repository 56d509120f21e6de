import type { Action } from "./graph.ts";

/**
 * The conditions whose truth a further round must ask for again: those that read memory, which someone
 * else may have changed, and the loop's own test, or it would never end.
 */
export function loopForgets(tested: readonly Action[], round: readonly Action[]): readonly string[] {
  const own = tested.flatMap((each) => (isTruth(each) ? [each.condition.text] : []));
  const impure = round.flatMap((each) =>
    isTruth(each) && !each.condition.pure ? [each.condition.text] : [],
  );
  return [...new Set([...own, ...impure])];
}

function isTruth(action: Action): action is Action & { kind: "branch"; condition: { kind: "truth" } } {
  return action.kind === "branch" && action.condition.kind === "truth";
}

/** Whether a loop macro goes on is never known. */
export function macroCondition(text: string): Action & { kind: "branch" } {
  return { kind: "branch", condition: { kind: "unknown" }, text, holds: "next round", fails: "done" };
}
