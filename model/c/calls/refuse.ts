import type { ResolvedOperation, ResolvedOutcome } from "./calls.ts";

type Bound = Omit<ResolvedOutcome, "refuses">;

/**
 * The keys that each way a call turns out could not get: another way takes them, which the caller can tell
 * apart by the result, and this one leaves them alone.
 */
export function withRefusals(outcomes: readonly Bound[]): readonly ResolvedOutcome[] {
  return outcomes.map((each) => {
    const others = outcomes.filter(({ returns }) => (returns & each.returns) === 0);
    const taken = others.flatMap(({ does }) => does.flatMap(takenKey));
    const touched = new Set([...each.does.map(({ key }) => key), ...each.forgets]);
    return { ...each, refuses: each.taints ? [] : [...new Set(taken)].filter((key) => !touched.has(key)) };
  });
}

function takenKey({ operation, key }: ResolvedOperation): readonly number[] {
  const takes = operation.kind === "map" || (operation.kind === "acquire" && operation.regardless !== true);
  return takes && key !== undefined ? [key] : [];
}
