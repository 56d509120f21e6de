import type { Action } from "./graph.ts";

/**
 * The conditions whose truth a further round must ask for again: those that read memory, which someone
 * else may have changed, and the loop's own test, or it would never end. What the round changes itself is
 * forgotten where it does so.
 */
export function loopForgets(tested: readonly Action[], round: readonly Action[]): readonly string[] {
  const written = new Set(round.flatMap((each) => (each.kind === "assign" ? [each.target] : [])));
  const isChanged = ({ condition: { pure, reads } }: Tested) =>
    pure && reads.some((each) => written.has(each));
  const own = tested.flatMap((each) => (isTruth(each) && !isChanged(each) ? [each.condition.text] : []));
  const impure = round.flatMap((each) =>
    isTruth(each) && !each.condition.pure ? [each.condition.text] : [],
  );
  return [...new Set([...own, ...impure])];
}

type Tested = Action & { kind: "branch"; condition: { kind: "truth" } };

function isTruth(action: Action): action is Tested {
  return action.kind === "branch" && action.condition.kind === "truth";
}

/** Whether a loop macro goes on is never known. */
export function macroCondition(text: string): Action & { kind: "branch" } {
  return { kind: "branch", condition: { kind: "unknown" }, text, holds: "next round", fails: "done" };
}
