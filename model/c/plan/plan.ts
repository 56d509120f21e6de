import type { ResolvedCalls } from "../calls/calls.ts";
import { isMapping, pointerTo } from "../calls/key.ts";
import { resolveCalls } from "../calls/resolve.ts";
import { type Action, ANY, type Flow, type Mask, POSITIVE } from "../flow/graph.ts";
import type { Knowledge } from "../knowledge/effect.ts";
import { askedAtEnd, type FactChoice, type Tracked, trackedFacts } from "./facts.ts";
import { flagsGiven, handedKeys, listsGiven, reassignedKeys, storedKeys } from "./given-keys.ts";
import { type Live, liveFacts } from "./liveness.ts";
import { type LoopLocks, loopLocksOf } from "./loop-locks.ts";
import { type Move, movesOf } from "./moves.ts";
import { type Sliced, slice } from "./slice.ts";
import { mentions, overwrites, writesOf } from "./writes.ts";

/** What a function's program will consist of, before any of it is written down. */
export interface Plan {
  readonly flow: Flow;
  readonly calls: ResolvedCalls;
  readonly kept: Sliced;
  readonly tracked: Tracked;
  readonly live: Live;
  /** By node: where the names of locks come to mean others. */
  readonly moves: ReadonlyMap<number, Move>;
  readonly loopLocks: LoopLocks;
}

const MAX_ROUNDS = 6;

/** Decides which steps matter and which facts are kept: each narrows the other, until neither does. */
export function planProgram(flow: Flow, known: Knowledge, choice: FactChoice = "all"): Plan {
  const calls = resolveCalls(flow, known);
  const results = resultMasks(flow, calls);
  const always = (action: Action, node: number) =>
    action.kind === "call" ? calls.outcomes.has(node) : alwaysMatters(action);
  let kept = slice(flow, (action, node) => always(action, node) || writesOf(action).length > 0);
  let tracked = trackedFacts(flow, kept, results, choice);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = kept.nodes.length + tracked.variables.size + tracked.conditions.size;
    const facts = tracked;
    kept = slice(flow, (action, node) => always(action, node) || changes(action, facts, calls));
    tracked = trackedFacts(flow, kept, results, choice);
    if (kept.nodes.length + tracked.variables.size + tracked.conditions.size === before) break;
  }
  const live = liveFacts({ flow, kept, tracked }, askedAtEnd(choice));
  return {
    flow,
    calls,
    kept,
    tracked,
    live,
    moves: movesOf(flow, calls),
    loopLocks: loopLocksOf(flow, calls),
  };
}

function alwaysMatters({ kind }: Action): boolean {
  return kind === "return" || kind === "behind" || kind === "unreadable" || kind === "gap" || kind === "stop";
}

function resultMasks(flow: Flow, calls: ResolvedCalls): ReadonlyMap<string, readonly Mask[]> {
  const masks = new Map<string, readonly Mask[]>();
  for (const [node, each] of calls.outcomes) {
    const action = flow.nodes[node]?.action;
    const known = each.map(({ returns }) => returns).filter((mask) => mask !== ANY);
    if (action?.kind === "call" && known.length > 0) masks.set(action.result, known);
  }
  const contexts = new Set(calls.contexts.values());
  const locks = calls.keys.filter((key) => !contexts.has(key));
  for (const pointer of locks.flatMap((key) => pointerTo(key, calls.aliases)))
    masks.set(pointer, [...(masks.get(pointer) ?? []), POSITIVE]);
  return masks;
}

/** Whether an action other than a call changes what is known of a lock or a fact. */
function changes(action: Action, tracked: Tracked, { keys, groupOf }: ResolvedCalls): boolean {
  const givers = [handedKeys, reassignedKeys, storedKeys, flagsGiven, listsGiven];
  if (givers.some((givenBy) => givenBy(keys, action).length > 0)) return true;
  if (action.kind === "forget" && action.conditions.some((each) => tracked.conditions.has(each))) return true;
  const written = writesOf(action);
  const leadsToKey = (name: string) => {
    const group = groupOf(name);
    return keys.some((key) => key.roots.includes(name) || (isMapping(key) && key.text === group));
  };
  return (
    [...tracked.variables.keys()].some((name) => written.some((each) => overwrites(each, name))) ||
    [...tracked.conditions.keys()].some((text) => written.some((each) => mentions(text, each))) ||
    (action.kind === "assign" && leadsToKey(action.target))
  );
}
