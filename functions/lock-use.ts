import {
  CONTEXT,
  isPrivate,
  type Key,
  type ResolvedOperation,
  type ResolvedOutcome,
  type Translation,
} from "../model/c/index.ts";

/** By which calls a function takes and releases a lock. */
export interface LockUse {
  /** Its name, as other functions may call it. */
  readonly lock: string;
  readonly takenBy: readonly string[];
  /** Those too that may release it. */
  readonly releasedBy: readonly string[];
}

/** Of each lock of a function. A call whose body stands in its place counts as a call of that function. */
export const lockUses = (translation: Translation, identify: (key: Key) => string): readonly LockUse[] =>
  translation.plan.calls.keys
    .filter((key) => !isPrivate(key))
    .map((key) => ({
      lock: identify(key),
      takenBy: callsThat(TAKES, key, translation),
      releasedBy: callsThat(RELEASES, key, translation),
    }));

const TAKES: ReadonlySet<string> = new Set(["acquire", "enter", "map"]);
const RELEASES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);

function callsThat(kinds: ReadonlySet<string>, key: Key, { plan }: Translation): readonly string[] {
  const isAbout = ({ operation: { kind, object }, key: index, coupled }: ResolvedOperation) =>
    kinds.has(kind) &&
    (index === key.index || (key.text === CONTEXT && object === key.object && coupled === undefined));
  const isForgotten = ({ forgets, forgetsContexts }: ResolvedOutcome) =>
    forgets.includes(key.index) ||
    (key.text === CONTEXT && forgetsContexts.some((each) => each === key.object));
  return [...plan.calls.outcomes].flatMap(([node, outcomes]) => {
    if (!outcomes.some((each) => each.does.some(isAbout) || (kinds === RELEASES && isForgotten(each))))
      return [];
    const { callee, action } = plan.flow.nodes[node] ?? {};
    return callee ?? (action?.kind === "call" ? action.name : []);
  });
}
