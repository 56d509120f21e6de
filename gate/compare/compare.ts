import { type IdentifiedFinding, type Identity, keyOf } from "./identity.ts";

export interface Comparison {
  readonly fresh: readonly IdentifiedFinding[];
  readonly fixed: readonly IdentifiedFinding[];
  /** As they are after the change. */
  readonly old: readonly IdentifiedFinding[];
  /** The old ones, each as it was before and as it is after. */
  readonly pairs: readonly (readonly [IdentifiedFinding, IdentifiedFinding])[];
}

/** Where a function went in the change: its file and name after it, by those before it. */
export type Moves = (identity: Identity) => Identity;

type Key = (finding: IdentifiedFinding) => string;

/**
 * Pairs findings before and after as multisets: what stays unpaired after is new, before is fixed. A pair
 * is sought by the text as written, then with locals renamed, so that neither hides a different finding.
 */
export function compare(
  before: readonly IdentifiedFinding[],
  after: readonly IdentifiedFinding[],
  moves: Moves = (identity) => identity,
): Comparison {
  const keys: readonly (readonly [Key, Key])[] = [
    [({ written }) => keyOf(moves(written)), ({ written }) => keyOf(written)],
    [({ identity }) => keyOf(moves(identity)), ({ identity }) => keyOf(identity)],
  ];
  return keys.reduce<Comparison>((sofar, [left, right]) => pair(sofar, left, right), {
    fresh: after,
    fixed: before,
    old: [],
    pairs: [],
  });
}

function pair({ fresh, fixed, old, pairs }: Comparison, left: Key, right: Key): Comparison {
  const waiting = new Map<string, IdentifiedFinding[]>();
  for (const each of fixed) {
    const key = left(each);
    waiting.set(key, [...(waiting.get(key) ?? []), each]);
  }
  const paired = new Set<IdentifiedFinding>();
  const found: (readonly [IdentifiedFinding, IdentifiedFinding])[] = [];
  const kept = fresh.filter((each) => {
    const partner = waiting.get(right(each))?.pop();
    if (partner) {
      paired.add(partner).add(each);
      found.push([partner, each]);
    }
    return !partner;
  });
  return {
    fresh: kept,
    fixed: fixed.filter((each) => !paired.has(each)),
    old: [...old, ...fresh.filter((each) => paired.has(each))],
    pairs: [...pairs, ...found],
  };
}
