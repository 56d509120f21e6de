import {
  areNeighbours,
  hasGuesses,
  type LockEvent,
  print,
  type Translation,
  unlessGuessed,
} from "../model/c/index.ts";
import { isOneOf } from "../model/c/status/index.ts";
import { not } from "../model/ir/expression.ts";
import type { Assertion, Transition } from "../model/ir/model.ts";
import type { Exit } from "./exit.ts";
import type { Explored } from "./explore.ts";
import { returnNode } from "./flow-reach.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

const MOVED = "moved lock at ";

/** Demanded where a lock is released: that its name still means the one that was taken. */
export function movedDemands(
  { plan, model, nodes }: Translation,
  transition: number,
  { events = [] }: Transition,
): readonly Assertion[] {
  const leaving = new Set([...plan.moves.values()].flatMap(({ keys }) => [...keys]));
  if (leaving.size === 0) return [];
  return events.flatMap(({ kind, key: index }: LockEvent) => {
    const key =
      kind === "release" && index !== undefined && leaving.has(index) ? plan.calls.keys[index] : undefined;
    if (!key) return [];
    const isThere = not(isOneOf(key, ["left behind"]));
    const condition = hasGuesses(model) ? unlessGuessed(isThere) : isThere;
    return [{ property: `${MOVED}${nodes[transition] ?? -1}: ${key.index}`, condition, message: "" }];
  });
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
    const statuses = exits.map((each) => each.statuses[index]);
    // Where it goes round and takes one after the other, all of them are what it is to take.
    if (statuses.includes("unknown")) return [];
    const exit = exits[statuses.indexOf("left behind")];
    const at = exit && placeOf(exit, { plan, model });
    return at === undefined ? [] : [{ callee: "return", arguments: "", at, moved: text }];
  });
  return [...released, ...kept, ...neighbours(exits, { plan, model })];
}

/** Returns with one element of an array locked, and with another one that was released in its place. */
function neighbours(
  exits: readonly Exit[],
  { plan, model }: Pick<Translation, "plan" | "model">,
): readonly MovedLock[] {
  const { keys } = plan.calls;
  return keys.flatMap((key) => {
    const others = keys.filter((each) => each.object === key.object && areNeighbours(key.text, each.text));
    if (others.length === 0 || key.released) return [];
    const exit = exits.find(
      ({ statuses }) =>
        statuses[key.index] === "held" && others.some(({ index }) => statuses[index] === "dropped"),
    );
    const at = exit && placeOf(exit, { plan, model });
    return at === undefined ? [] : [{ callee: "return", arguments: "", at, moved: key.text }];
  });
}

const placeOf = ({ site }: Exit, { plan, model }: Pick<Translation, "plan" | "model">): number | undefined =>
  plan.flow.nodes[returnNode(model, site)]?.at;

const PROPERTY = /^moved lock at (\d+): (\d+)$/;

type MovedLock = Pick<UnknownLockCall, "callee" | "arguments" | "at"> & { readonly moved: string };
