import type { Model } from "../../model/ir/model.ts";
import { wideExpressions, wideText } from "../../model/ir/wide-expressions.ts";
import type { PropertyResult } from "../result.ts";

/** What a reader must know to take the verdicts for what they are. */
export function notesOn(model: Model, judged: readonly PropertyResult[]): readonly string[] {
  return [...wideArithmetic(model), ...unjudgedProgress(model, judged)];
}

function wideArithmetic(model: Model): readonly string[] {
  const [wide, ...others] = wideExpressions(model);
  if (!wide) return [];
  const more = others.length > 0 ? ` (and ${others.length} more)` : "";
  return [`${wideText(wide)}${more}, beyond 32 bits: searched with exact numbers, not by WebAssembly`];
}

/** Tasks that spin for ever are in no deadlock. */
function unjudgedProgress({ invariants }: Model, judged: readonly PropertyResult[]): readonly string[] {
  const holding = judged.filter(({ verdict }) => verdict.startsWith("holds"));
  const unstuck = holding.filter(({ property }) =>
    invariants.some((each) => each.kind === "no-deadlock" && each.property === property),
  );
  return unstuck.map(
    ({ property }) =>
      `${property}: some task can always move; progress (no livelock, no starvation) is not judged`,
  );
}
