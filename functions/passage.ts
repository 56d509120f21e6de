import type { Flow, Key, Translation } from "../model/c/index.ts";
import { isTrylock } from "../model/c/knowledge/index.ts";
import type { LockOperation, Mode, PassageOperation } from "../model/kernel/operation.ts";

/** How a function takes a lock and releases it. */
export interface Passage {
  readonly mode: Mode;
  readonly depth: number;
}

/** Further down nobody looks: a chain of calls is no reason to go through all functions that lead to it. */
const MAX_DEPTH = 4;

/**
 * The locks that a function takes by waiting and in no other way, with the mode that is the least it takes them
 * in: who calls it with one of them held waits for itself. None that its caller can't name for sure.
 */
export function passagesOf({ plan: { calls, flow } }: Translation): ReadonlyMap<Key, Passage> {
  const passages = new Map<number, Passage>();
  const tried = new Set<number>();
  for (const [node, outcomes] of calls.outcomes) {
    const action = flow.nodes[node]?.action;
    const tries = action?.kind === "call" && mayFail(action.name, calls.effects);
    for (const { operation, key } of outcomes.flatMap(({ does }) => does)) {
      if (key === undefined || (operation.kind !== "acquire" && operation.kind !== "acquire-release"))
        continue;
      const isTried = tries && operation.kind === "acquire";
      if (isTried || ("regardless" in operation && operation.regardless)) tried.add(key);
      passages.set(key, weaker(passages.get(key), operation));
    }
  }
  const passed = calls.keys.filter((key) => !tried.has(key.index) && isSameToCaller(key, flow));
  return new Map(
    passed.flatMap((key) => {
      const passage = passages.get(key.index);
      return passage && passage.depth <= MAX_DEPTH ? [[key, passage] as const] : [];
    }),
  );
}

/** A reader waits for less; the longer chain counts. */
function weaker(known: Passage | undefined, operation: LockOperation | PassageOperation): Passage {
  const depth = operation.kind === "acquire-release" ? operation.depth + 1 : 0;
  const mode = known?.mode === "shared" ? "shared" : operation.mode;
  return { mode, depth: Math.max(depth, known?.depth ?? 0) };
}

/** A trylock; or a callee that gets the lock on some ways alone, perhaps by a trylock. */
function mayFail(name: string, effects: Translation["plan"]["calls"]["effects"]): boolean {
  const effect = effects.find((each) => each.name === name);
  return isTrylock(name) || (effect?.source === "summary" && effect.outcomes.length > 1);
}

/** No variable of the function's own is part of the path, and what it begins with stays as it came. */
const isSameToCaller = ({ text }: Key, flow: Flow): boolean =>
  !/[([]/.test(text) && !isAssigned(/^\w+/.exec(text)?.[0] ?? "", flow);

export function isAssigned(name: string, { nodes }: Flow): boolean {
  return nodes.some(({ action }) => action.kind === "assign" && action.target === name);
}

export const passageOn = ({ object }: Key, { mode, depth }: Passage): PassageOperation => ({
  kind: "acquire-release",
  ...{ object, mode, depth },
});
