import { add } from "../../multimap.ts";
import type { ResolvedCalls } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import type { Flow } from "../flow/graph.ts";
import { isConstant, isLock } from "./moves.ts";
import { nodesThat, reachedFrom } from "./reach.ts";
import { type Loop, loopsOf } from "./rounds.ts";

/** The side of a branch: where its condition holds, or where it fails. */
export type Side = "holds" | "fails";

/**
 * Locks that one loop takes, each by the name that it then gives to the next, and that another loop gives back: all
 * spinlocks of an array, say. By their keys.
 */
export interface LoopLocks {
  /** By node: the name of such a lock comes to mean the next one. */
  readonly passed: ReadonlyMap<number, readonly number[]>;
  /** By branch: the loop that takes them ends there, having gone over all. */
  readonly taken: LoopEnds;
  /** By branch: the loop that gives them back ends there. */
  readonly given: LoopEnds;
  /** Locks that loops take one after the other, and none gives back; or the other way round. */
  readonly alone: readonly Key[];
}

type LoopEnds = ReadonlyMap<string, readonly number[]>;

export const endAt = (node: number, side: Side): string => `${node} ${side}`;

const NONE: LoopLocks = { passed: new Map(), taken: new Map(), given: new Map(), alone: [] };

export function loopLocksOf(flow: Flow, calls: ResolvedCalls): LoopLocks {
  const families = familiesOf(calls.keys.filter(isLock));
  if (families.length === 0) return NONE;
  const reading = { flow, calls, loops: loopsOf(flow) };
  const found = families.map((family) => loopsFor(family, reading));
  const pairs = found.flatMap((each) => pairsIn(each, flow));
  return {
    passed: gathered(
      pairs.flatMap(({ taking, giving, keys }) => [
        ...passedIn([...taking.nodes], keys, flow),
        ...passedIn([...behindEnds(taking, flow), ...behindEnds(giving, flow)], keys, flow),
      ]),
    ),
    taken: gathered(pairs.flatMap(({ taking, keys }) => endsBy(taking, flow).map((end) => ({ end, keys })))),
    given: gathered(
      pairs.flatMap(({ giving, keys }) => waysOutOf(giving, flow).map((end) => ({ end, keys }))),
    ),
    alone: families.flatMap((family, at) => {
      const { taking = [], giving = [] } = found[at] ?? {};
      return taking.length > 0 !== giving.length > 0 ? family : [];
    }),
  };
}

interface Reading {
  readonly flow: Flow;
  readonly calls: ResolvedCalls;
  readonly loops: (node: number) => readonly Loop[];
}

/** Locks of one name, whatever leads there. */
function familiesOf(keys: readonly Key[]): readonly (readonly Key[])[] {
  const families = new Map<string, Key[]>();
  for (const key of keys) add(families, `${key.object} ${lastOf(key.text)}`, key);
  return [...families.values()];
}

/** `lock` of `boxes[i].lock` and of `box->lock`; `locks[]` of `locks[i]`. */
const lastOf = (text: string): string => {
  const whole = text.replace(/\[[^\]]*\]/g, "[]");
  return whole.slice(Math.max(whole.lastIndexOf("."), whole.lastIndexOf(">")) + 1);
};

/** Loops that take or release locks of a family one after the other, and do not do both. */
interface FamilyLoops {
  readonly keys: readonly Key[];
  readonly taking: readonly Loop[];
  readonly giving: readonly Loop[];
}

const TAKE: ReadonlySet<string> = new Set(["acquire"]);
const RELEASE: ReadonlySet<string> = new Set(["release"]);

function loopsFor(family: readonly Key[], reading: Reading): FamilyLoops {
  const own = new Set(family.map(({ index }) => index));
  const takes = nodesThat(TAKE, own, reading.calls);
  const gives = nodesThat(RELEASE, own, reading.calls);
  const taken = family.filter(({ acquired }) => acquired);
  return {
    keys: taken,
    taking: movingLoops(takes, gives, taken, reading),
    giving: movingLoops(gives, takes, family, reading),
  };
}

/**
 * Each loop that takes locks with each behind it that gives some back; and the locks whose names move on in one of them:
 * another of the same name is held beside them.
 */
const pairsIn = ({ keys, taking, giving }: FamilyLoops, flow: Flow) =>
  taking.flatMap((one) => {
    const behind = giving.length > 0 ? reachedFrom(flow.nodes, [one.head]) : new Set();
    return giving
      .filter(({ head }) => behind.has(head))
      .map((other) => ({ taking: one, giving: other, keys: movedIn([one, other], keys, flow) }));
  });

const movedIn = (loops: readonly Loop[], keys: readonly Key[], flow: Flow): readonly number[] =>
  keys.flatMap(({ index, roots }) => {
    const own = new Set(roots);
    return loops.some(({ nodes }) => [...nodes].some((node) => isMove(flow, node, own))) ? [index] : [];
  });

/**
 * The loops around nodes that hold none of the others, in which the name of the lock comes to mean another: with those
 * around them in which it does so as well, and does not only begin anew.
 */
function movingLoops(
  nodes: readonly number[],
  others: readonly number[],
  keys: readonly Key[],
  { flow, loops }: Reading,
): readonly Loop[] {
  const roots = new Set(keys.flatMap((key) => key.roots));
  const shared = new Set(others.flatMap(loops));
  const moves = (loop: Loop, within?: Loop) =>
    [...loop.nodes].some((node) => !within?.nodes.has(node) && isMove(flow, node, roots));
  const found = nodes.flatMap((node) => {
    const around = loops(node).filter((loop) => !shared.has(loop));
    const first = around.findIndex((loop) => moves(loop));
    if (first < 0) return [];
    const end = around.findIndex((loop, at) => at > first && !moves(loop, around[at - 1]));
    return around[(end < 0 ? around.length : end) - 1] ?? [];
  });
  return [...new Set(found)];
}

/** A constant begins anew; what a loop macro gives is not written as an assignment. */
function isMove({ nodes }: Flow, node: number, roots: ReadonlySet<string>): boolean {
  const action = nodes[node]?.action;
  if (action?.kind !== "assign" || !roots.has(action.target)) return false;
  return action.from === undefined || !isConstant(action);
}

interface At<T> {
  readonly end: T;
  readonly keys: readonly number[];
}

const passedIn = (nodes: readonly number[], keys: readonly number[], flow: Flow): readonly At<number>[] =>
  nodes.flatMap((node) => (flow.nodes[node]?.action.kind === "assign" ? [{ end: node, keys }] : []));

/** A loop macro gives its variable another value where it ends, too. */
const behindEnds = ({ nodes }: Loop, flow: Flow): readonly number[] =>
  [...nodes].flatMap((node) =>
    [flow.nodes[node]?.next ?? -1, flow.nodes[node]?.otherwise ?? -1].filter(
      (each) => each >= 0 && !nodes.has(each),
    ),
  );

/** Where the loop ends by what it asks at the head of each round, before it does anything. */
function endsBy({ head, nodes }: Loop, flow: Flow): readonly string[] {
  const ends: string[] = [];
  const seen = new Set<number>();
  for (let node = head; nodes.has(node) && !seen.has(node); ) {
    seen.add(node);
    const { action, next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
    if (action?.kind === "call") return ends;
    const leaves = action?.kind === "branch" && nodes.has(next) !== nodes.has(otherwise);
    if (action?.kind === "branch" && !leaves) return ends;
    if (leaves) ends.push(endAt(node, nodes.has(next) ? "fails" : "holds"));
    node = nodes.has(next) ? next : otherwise;
  }
  return ends;
}

const waysOutOf = ({ nodes }: Loop, flow: Flow): readonly string[] =>
  [...nodes].flatMap((node) => {
    const { action, next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
    if (action?.kind !== "branch") return [];
    return [
      ...(nodes.has(next) ? [] : [endAt(node, "holds")]),
      ...(nodes.has(otherwise) ? [] : [endAt(node, "fails")]),
    ];
  });

function gathered<T>(found: readonly At<T>[]): ReadonlyMap<T, readonly number[]> {
  const by = new Map<T, Set<number>>();
  for (const { end, keys } of found) {
    const known = by.get(end) ?? new Set();
    for (const each of keys) known.add(each);
    by.set(end, known);
  }
  return new Map([...by].map(([end, keys]) => [end, [...keys]]));
}
