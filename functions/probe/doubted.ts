import type { Condition, Plan, Tracked } from "../../model/c/index.ts";
import type { Walk } from "./walk.ts";

/**
 * Facts that keep calls which matter from ever being reached, because what they say was asked before: what is
 * asked again under a lock, or after a sleep, is not what it was. None where all such calls are reached.
 */
export function doubtedFacts(plan: Plan, walked: Walk): readonly string[] {
  const { flow, kept, calls, tracked } = plan;
  const isReached = (node: number) => node < 0 || walked.at(`n${node}`).length > 0;
  const dead = kept.nodes.filter((node) => calls.outcomes.has(node) && !isReached(node));
  if (dead.length === 0) return [];
  const deciding = kept.nodes.flatMap((node) => {
    const { action, next, otherwise } = flow.nodes[node] ?? {};
    if (action?.kind !== "branch" || !isReached(node)) return [];
    const decides = [next ?? -1, otherwise ?? -1].some((side) => !isReached(kept.arrive(side).node));
    return decides ? sharedFact(action.condition, tracked) : [];
  });
  // What decides may hang together with a condition by way of a variable.
  return deciding.length > 0 ? deciding : [...tracked.conditions.keys()];
}

/** What a condition asks that others may change. */
function sharedFact(condition: Condition, { conditions, variables }: Tracked): readonly string[] {
  if (condition.kind === "truth") return conditions.has(condition.text) ? [condition.text] : [];
  if (condition.kind === "unknown" || !variables.has(condition.variable)) return [];
  return /->|\.|^\*/.test(condition.variable) ? [condition.variable] : [];
}
