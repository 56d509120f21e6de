import type { Flow } from "../flow/graph.ts";
import { placeOf, print, stripped } from "../flow/print.ts";
import type { Call, ResolvedOutcome } from "./calls.ts";
import { resultTargets } from "./key.ts";

type Outcomes = Map<number, readonly ResolvedOutcome[]>;

/**
 * Marks the unlocks of SRCU sections whose index cannot be right: a constant where entering the section gave one that
 * is kept, or a variable that gets the indices of other sections alone.
 */
export function markSrcuIndices(outcomes: Outcomes, flow: Flow): void {
  const given = indicesGiven(outcomes, flow);
  if (given.size === 0) return;
  for (const [node, each] of outcomes) {
    const action = flow.nodes[node]?.action;
    const index = action?.kind === "call" ? action.args[1] : undefined;
    if (index === undefined) continue;
    const text = placeOf(index) ?? print(stripped(index));
    outcomes.set(
      node,
      each.map((outcome) => marked(outcome, text, given)),
    );
  }
}

/** By key of the section: where the index that entering it gives is kept. */
type Given = ReadonlyMap<number, ReadonlySet<string>>;

function indicesGiven(outcomes: Outcomes, flow: Flow): Given {
  const targets = resultTargets(flow);
  const given = new Map<number, Set<string>>();
  for (const [node, each] of outcomes) {
    const action = flow.nodes[node]?.action;
    if (action?.kind !== "call") continue;
    for (const key of each.flatMap((outcome) => keysOf(outcome, "acquire"))) {
      const kept = targets.get((action as Call).result) ?? [];
      given.set(key, new Set([...(given.get(key) ?? []), ...kept]));
    }
  }
  return given;
}

const keysOf = ({ does }: ResolvedOutcome, kind: "acquire" | "release"): readonly number[] =>
  does.flatMap(({ operation, key }) =>
    operation.kind === kind && operation.object === "srcu" && key !== undefined ? [key] : [],
  );

function marked(outcome: ResolvedOutcome, index: string, given: Given): ResolvedOutcome {
  const foreign = keysOf(outcome, "release").filter((key) => isForeign(key, index, given));
  if (foreign.length === 0) return outcome;
  const does = outcome.does.map((each) =>
    each.operation.kind === "release" && each.key !== undefined && foreign.includes(each.key)
      ? { ...each, isForeign: true }
      : each,
  );
  return { ...outcome, does };
}

function isForeign(key: number, index: string, given: Given): boolean {
  const own = given.get(key);
  if (!own || own.size === 0 || own.has(index)) return false;
  const isConstant = /^\d+$/.test(index);
  return isConstant || [...given].some(([other, kept]) => other !== key && kept.has(index));
}
