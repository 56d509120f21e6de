import { readBefore } from "../calls/alias.ts";
import type { ResolvedCalls } from "../calls/calls.ts";
import { isMapping, isPrivate, type Key } from "../calls/key.ts";
import { type Action, ANY, type Flow } from "../flow/graph.ts";
import { placeOf, print, readsOf, stripped } from "../flow/print.ts";
import type { Expr } from "../syntax/ast.ts";
import { roundOf } from "./rounds.ts";

type Assign = Action & { kind: "assign" };

/** An assignment behind which a lock's name means another lock, while the one that it meant before may be held. */
export interface Move {
  /** The keys of these locks. */
  readonly keys: ReadonlySet<number>;
  /** It goes on as all such assignments of the variable do: what was left behind is not come back to. */
  readonly isOneWay: boolean;
}

/**
 * By the node. Not where a loop goes from one lock to the next and takes none of them: it may come to those that were
 * taken before it.
 */
export function movesOf(flow: Flow, calls: ResolvedCalls): ReadonlyMap<number, Move> {
  const movable = calls.keys.filter((key) => isLock(key) && key.acquired);
  if (movable.length === 0) return new Map();
  const roundAt = roundOf(flow);
  const isAnother = othersIn(flow, calls);
  const found = flow.nodes.flatMap(({ action }, node) => {
    if (action.kind !== "assign" || !isAnother(action)) return [];
    const own = movable.filter(({ roots }) => roots.includes(action.target));
    return own.length > 0 ? [{ node, action, own }] : [];
  });
  if (found.length === 0) return new Map();
  const taken = roundsThatTake(calls, roundAt);
  return new Map(
    found.map(({ node, action, own }) => {
      const round = roundAt(node);
      const keys = own.filter(({ index }) => round === undefined || taken.get(index)?.has(round));
      const ways = found
        .filter((each) => each.action.target === action.target)
        .map((each) => wayOf(each.action));
      const isOneWay = ways.every((way) => way !== undefined && way === ways[0]);
      return [node, { keys: new Set(keys.map(({ index }) => index)), isOneWay }];
    }),
  );
}

export const isLock = (key: Key): boolean =>
  !isMapping(key) && !isPrivate(key) && key.object !== "folio-lock";

export const isConstant = ({ value }: Pick<Assign, "value">): boolean =>
  value.kind === "named" || (value.kind === "mask" && value.mask !== ANY);

/**
 * Assignments that the source writes, of what is no constant. Not what a variable gets each time, if it came with
 * nothing; nor what a call returns that does something to locks.
 */
function othersIn(flow: Flow, { outcomes }: ResolvedCalls): (action: Assign) => boolean {
  const isGiven = readBefore(flow);
  const given = new Map<string, Set<string>>();
  const results = new Set<string>();
  for (const [node, { action }] of flow.nodes.entries()) {
    if (action.kind === "call" && outcomes.has(node)) results.add(action.result);
    if (action.kind !== "assign" || !action.from) continue;
    const known = given.get(action.target) ?? new Set();
    given.set(action.target, known.add(print(sideOf(action.from))));
  }
  return ({ target, value, from }) =>
    from !== undefined &&
    !isConstant({ value }) &&
    !(value.kind === "copy" && results.has(value.variable)) &&
    (readsOf(sideOf(from)).includes(target) || (given.get(target)?.size ?? 0) > 1 || isGiven(target));
}

const sideOf = (from: Expr): Expr =>
  stripped(from.kind === "assign" && from.operator === "=" ? from.right : from);

function roundsThatTake(
  { outcomes }: ResolvedCalls,
  roundAt: (node: number) => number | undefined,
): ReadonlyMap<number, ReadonlySet<number>> {
  const rounds = new Map<number, Set<number>>();
  for (const [node, each] of outcomes) {
    const round = roundAt(node);
    if (round === undefined) continue;
    for (const { operation, key } of each.flatMap(({ does }) => does))
      if (operation.kind === "acquire" && key !== undefined)
        rounds.set(key, (rounds.get(key) ?? new Set()).add(round));
  }
  return rounds;
}

/** How a variable goes on from its own value: `+ 1`, `->next`; undefined where it gets another one. */
function wayOf(action: Assign): string | undefined {
  const { target, from } = action;
  const step = stepOf(action);
  if (step !== undefined) return step > 0 ? "up" : "down";
  const right = from && sideOf(from);
  const place = right && placeOf(right);
  return place?.startsWith(target) && /^(?:->|\.)/.test(place.slice(target.length))
    ? place.slice(target.length)
    : undefined;
}

/** By how many a variable is counted up, or down if negative; undefined where it is not or that is no number. */
export function stepOf({ target, from }: Assign): number | undefined {
  if (from?.kind === "step") return from.operator === "++" ? 1 : -1;
  if (from?.kind === "assign" && (from.operator === "+=" || from.operator === "-="))
    return signed(from.operator, from.right);
  const right = from && stripped(from.kind === "assign" ? from.right : from);
  if (right?.kind !== "binary" || print(right.left) !== target) return undefined;
  return right.operator === "+" || right.operator === "-" ? signed(right.operator, right.right) : undefined;
}

function signed(operator: string, amount: Expr): number | undefined {
  const each = stripped(amount);
  const number = each.kind === "literal" ? Number.parseInt(each.text, 10) : Number.NaN;
  if (Number.isNaN(number)) return undefined;
  return operator.startsWith("-") ? -number : number;
}
