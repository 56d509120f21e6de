import {
  areNeighbours,
  hasGuesses,
  type Key,
  type LockEvent,
  lockName,
  print,
  type Translation,
  unlessGuessed,
} from "../model/c/index.ts";
import { HELD, isOneOf } from "../model/c/status/index.ts";
import { and, type Expression, not, or } from "../model/ir/expression.ts";
import type { Assertion, Transition } from "../model/ir/model.ts";
import type { Exit } from "./exit.ts";
import type { Explored } from "./explore.ts";
import { returnNode } from "./return-node.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

const MOVED = "moved lock at ";

/** Demanded where a lock is released: that its name still means the one that was taken. */
export function movedDemands(
  { plan, model, nodes }: Translation,
  transition: number,
  { events = [] }: Transition,
): readonly Assertion[] {
  const leaving = new Set([...plan.moves.values()].flatMap(({ keys }) => [...keys]));
  const byLoop = new Set([...plan.loopLocks.taken.values()].flat());
  if (leaving.size === 0 && byLoop.size === 0) return [];
  return events.flatMap(({ kind, key: index }: LockEvent) => {
    const key = plan.calls.keys[index ?? -1];
    const asked = kind === "release" ? leaving : kind === "acquire" ? byLoop : undefined;
    if (!key || !asked?.has(key.index)) return [];
    // A loop that has taken all of them begins anew.
    const isThere = not(kind === "acquire" ? isOneOf(key, ["all held"]) : isGone(key, plan));
    const condition = hasGuesses(model) ? unlessGuessed(isThere) : isThere;
    return [{ property: `${MOVED}${nodes[transition] ?? -1}: ${key.index}`, condition, message: "" }];
  });
}

/** Its name means another one than was taken; and a copy of it, if there is one, still knows that as held. */
function isGone(key: Key, { calls }: Translation["plan"]): Expression {
  const copies = calls.keys.filter((each) => each !== key && lockName(each) === lockName(key));
  return or(
    isOneOf(key, ["left behind"]),
    and(isOneOf(key, ["left to copy"]), or(...copies.map((each) => isOneOf(each, HELD)))),
  );
}

/** Releases of a lock by a name that means another one than was taken; and returns that leave one behind. */
export function movedLocks(
  { plan, model }: Translation,
  { properties }: Explored,
  exits: readonly Exit[],
): readonly MovedLock[] {
  const released = properties.flatMap(({ property, verdict }) => {
    const [, node, index] = verdict === "violated" ? (PROPERTY.exec(property) ?? []) : [];
    const { action, at } = plan.flow.nodes[Number(node ?? -1)] ?? {};
    const key = plan.calls.keys[Number(index ?? -1)];
    if (action?.kind !== "call" || at === undefined || !key) return [];
    const given = action.args.map(print).join(",").replace(/\s+/g, "");
    return [{ callee: action.name, arguments: given, at, moved: key.text }];
  });
  const kept = plan.calls.keys.flatMap(({ index, text }) => {
    const left = exits.filter((each) => each.statuses[index] === "left behind");
    // Where it goes round and takes one after the other, all of them are what it is to take: but not where it fails.
    const isRound = exits.some((each) => each.statuses[index] === "unknown");
    const exit = isRound ? left.find(({ returns }) => returns === "error") : left[0];
    const at = exit && placeOf(exit, { plan, model });
    return at === undefined ? [] : [{ callee: "return", arguments: "", at, moved: text }];
  });
  return [...released, ...kept, ...replaced(exits, { plan, model })];
}

/**
 * Returns with one lock held, and with another one that was released in its place: of two elements of an array, or of a
 * lock that is chosen and one that it may be.
 */
function replaced(
  exits: readonly Exit[],
  { plan, model }: Pick<Translation, "plan" | "model">,
): readonly MovedLock[] {
  const { keys } = plan.calls;
  return keys.flatMap((key) => {
    const others = keys.filter(
      (each) =>
        each.object === key.object &&
        (areNeighbours(key.text, each.text) || isChosenFrom(key.text, each.text, plan)),
    );
    if (others.length === 0 || key.released) return [];
    const exit = exits.find(
      ({ statuses }) =>
        statuses[key.index] === "held" && others.some(({ index }) => statuses[index] === "dropped"),
    );
    const at = exit && placeOf(exit, { plan, model });
    return at === undefined ? [] : [{ callee: "return", arguments: "", at, moved: key.text }];
  });
}

/** Whether one is an arm of a choice that the other stands for: in the call, or in a variable that is set to it. */
function isChosenFrom(text: string, other: string, { flow }: Translation["plan"]): boolean {
  const arms = text.includes(" ? ") ? text.split(/ [?:] /).slice(1) : [];
  const values = flow.nodes.flatMap(({ action }) =>
    action.kind === "assign" && action.target === text && action.from
      ? [print(action.from.kind === "assign" ? action.from.right : action.from)]
      : [],
  );
  return [...arms, ...values.flatMap((value) => value.split(/ [?:] /))].some(
    (each) => each.replace(/^&/, "") === other,
  );
}

const placeOf = ({ site }: Exit, { plan, model }: Pick<Translation, "plan" | "model">): number | undefined =>
  plan.flow.nodes[returnNode(model, site)]?.at;

const PROPERTY = /^moved lock at (\d+): (\d+)$/;

type MovedLock = Pick<UnknownLockCall, "callee" | "arguments" | "at"> & { readonly moved: string };
