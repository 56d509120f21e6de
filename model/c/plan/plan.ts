import type { ResolvedCalls } from "../calls/calls.ts";
import { isMapping, type Key, pointerTo } from "../calls/key.ts";
import { resolveCalls } from "../calls/resolve.ts";
import { type Action, ANY, type Flow, type Mask, POSITIVE } from "../flow/graph.ts";
import type { Knowledge } from "../knowledge/effect.ts";
import { flagsGiven } from "../program/flags.ts";
import { listsGiven } from "../program/list.ts";
import { type Bindings, bindings } from "../status/effects.ts";
import { type FactChoice, type Tracked, trackedFacts } from "./facts.ts";
import { type Live, liveFacts } from "./liveness.ts";
import { type Sliced, slice } from "./slice.ts";

/** What a function's program will consist of, before any of it is written down. */
export interface Plan {
  readonly flow: Flow;
  readonly calls: ResolvedCalls;
  readonly bound: Bindings;
  readonly kept: Sliced;
  readonly tracked: Tracked;
  readonly live: Live;
}

const MAX_ROUNDS = 6;

/** Decides which steps matter and which facts are kept: each narrows the other, until neither does. */
export function planProgram(flow: Flow, known: Knowledge, choice: FactChoice = "all"): Plan {
  const calls = resolveCalls(flow, known);
  const bound = bindings(calls.keys, calls.outcomes.values());
  const results = resultMasks(flow, calls);
  const groups = new Set(calls.keys.filter(isMapping).map(({ text }) => text));
  const mapped = (name: string) => groups.has(calls.groupOf(name));
  const always = (action: Action, node: number) =>
    action.kind === "call" ? calls.outcomes.has(node) : alwaysMatters(action);
  let kept = slice(flow, (action, node) => always(action, node) || writesOf(action).length > 0);
  let tracked = trackedFacts(flow, kept, results, choice);
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const before = kept.nodes.length + tracked.variables.size + tracked.conditions.size;
    const facts = tracked;
    kept = slice(flow, (action, node) => always(action, node) || changes(action, facts, bound, mapped));
    tracked = trackedFacts(flow, kept, results, choice);
    if (kept.nodes.length + tracked.variables.size + tracked.conditions.size === before) break;
  }
  return { flow, calls, bound, kept, tracked, live: liveFacts(flow, kept, tracked) };
}

function alwaysMatters({ kind }: Action): boolean {
  return kind === "return" || kind === "unreadable" || kind === "gap" || kind === "stop";
}

function resultMasks(flow: Flow, calls: ResolvedCalls): ReadonlyMap<string, readonly Mask[]> {
  const masks = new Map<string, readonly Mask[]>();
  for (const [node, each] of calls.outcomes) {
    const action = flow.nodes[node]?.action;
    const known = each.map(({ returns }) => returns).filter((mask) => mask !== ANY);
    if (action?.kind === "call" && known.length > 0) masks.set(action.result, known);
  }
  for (const pointer of calls.keys.flatMap(pointerTo))
    masks.set(pointer, [...(masks.get(pointer) ?? []), POSITIVE]);
  return masks;
}

function changes(
  action: Action,
  tracked: Tracked,
  bound: Bindings,
  mapped: (name: string) => boolean,
): boolean {
  if (action.kind === "forget" && handedKeys(action, bound).length > 0) return true;
  if (flagsGiven(bound.keys, action).length + listsGiven(bound.keys, action).length > 0) return true;
  const written = writesOf(action);
  if (written.length === 0)
    return action.kind === "forget" && action.conditions.some((each) => tracked.conditions.has(each));
  if (action.kind === "forget" && action.conditions.some((each) => tracked.conditions.has(each))) return true;
  return (
    [...tracked.variables.keys()].some((name) => written.some((each) => overwrites(each, name))) ||
    [...tracked.conditions].some((text) => written.some((each) => mentions(text, each))) ||
    (action.kind === "assign" &&
      (bound.keys.some(({ roots }) => roots.includes(action.target)) || mapped(action.target)))
  );
}

/** Locks behind what is handed to the callee whose result is returned: releasing them is its business. */
export function handedKeys(
  { handed = [], given = [] }: Action & { kind: "forget" },
  { keys }: Bindings,
): readonly Key[] {
  return keys.filter(
    ({ text, object }) =>
      handed.some((each) => text.startsWith(`${each}->`)) ||
      (object === "folio-lock" && given.includes(text)),
  );
}

/** The places that an action changes; `p->` stands for whatever is reached through p. */
export function writesOf(action: Action): readonly string[] {
  if (action.kind === "assign") return [action.target];
  return action.kind === "forget" ? action.variables : [];
}

/** Whether writing one place changes another: itself, or a path that goes through it. */
export function overwrites(written: string, place: string): boolean {
  if (written.endsWith("->")) return place.startsWith(written);
  return (
    place === written ||
    place.startsWith(`${written}->`) ||
    place.startsWith(`${written}.`) ||
    place === `${written} & 1` ||
    place === `*${written}`
  );
}

/** Whether a condition's text reads the place or goes through it. */
export function mentions(text: string, place: string): boolean {
  const at = text.indexOf(place);
  if (at < 0) return false;
  const [before, behind] = [text[at - 1] ?? " ", text[at + place.length] ?? " "];
  const whole = !/[\w.>]/.test(before) && (place.endsWith("->") || !/\w/.test(behind));
  return whole || mentions(text.slice(at + 1), place);
}
