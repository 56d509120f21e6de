import type { Flow } from "../flow/graph.ts";
import { placeOf, print, stripped } from "../flow/print.ts";
import type { Call, ResolvedOutcome } from "./calls.ts";
import { type Key, resultTargets } from "./key.ts";

type Outcomes = Map<number, readonly ResolvedOutcome[]>;

/**
 * Marks the unlocks of SRCU sections whose index cannot be right: a constant where entering the section gave one that
 * is kept, or a variable that gets the indices of other sections alone. Where the function enters no section of the
 * structure, it may have been entered before: unless the index is another's of the same object.
 */
export function markSrcuIndices(outcomes: Outcomes, flow: Flow, keys: readonly Key[]): void {
  const given = indicesGiven(outcomes, flow);
  if (given.size === 0) return;
  const sections = { given, ownerOf: ownersIn(outcomes, flow, keys) };
  for (const [node, each] of outcomes) {
    const action = flow.nodes[node]?.action;
    const index = action?.kind === "call" ? action.args[1] : undefined;
    if (index === undefined) continue;
    const text = placeOf(index) ?? print(stripped(index));
    outcomes.set(
      node,
      each.map((outcome) => marked(outcome, text, sections)),
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

/** The object that a structure is a member of, by its key: empty for a variable, undefined where a pointer leads there. */
type OwnerOf = (key: number) => string | undefined;

interface Sections {
  readonly given: Given;
  readonly ownerOf: OwnerOf;
}

function marked(outcome: ResolvedOutcome, index: string, sections: Sections): ResolvedOutcome {
  const foreign = keysOf(outcome, "release").filter((key) => isForeign(key, index, sections));
  if (foreign.length === 0) return outcome;
  const does = outcome.does.map((each) =>
    each.operation.kind === "release" && each.key !== undefined && foreign.includes(each.key)
      ? { ...each, isForeign: true }
      : each,
  );
  return { ...outcome, does };
}

function isForeign(key: number, index: string, { given, ownerOf }: Sections): boolean {
  const own = given.get(key);
  const givers = [...given].filter(([other, kept]) => other !== key && kept.has(index));
  if (!own) {
    // Two members of one object, or two variables, are never one structure.
    const owner = ownerOf(key);
    return owner !== undefined && givers.length > 0 && givers.every(([other]) => ownerOf(other) === owner);
  }
  if (own.size === 0 || own.has(index)) return false;
  const isConstant = /^\d+$/.test(index);
  return isConstant || givers.length > 0;
}

function ownersIn(outcomes: Outcomes, flow: Flow, keys: readonly Key[]): OwnerOf {
  const addressed = new Set<number>();
  for (const [node, each] of outcomes) {
    const action = flow.nodes[node]?.action;
    const section = action?.kind === "call" ? action.args[0] : undefined;
    if (section?.kind !== "unary" || section.operator !== "&") continue;
    for (const outcome of each)
      for (const kind of ["acquire", "release"] as const)
        for (const key of keysOf(outcome, kind)) addressed.add(key);
  }
  return (key) => (addressed.has(key) ? /^(.*?)(?:->|\.)?\w+$/.exec(keys[key]?.text ?? "")?.[1] : undefined);
}
