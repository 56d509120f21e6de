import type { Domain } from "../../ir/domain.ts";
import { and, constant, type Expression, FALSE, not, or } from "../../ir/expression.ts";
import { range } from "../../ir/place.ts";
import { forbidsSleep } from "../../kernel/atomic.ts";
import type { Observations } from "../../kernel/observation.ts";
import type { ResolvedCalls } from "../calls/calls.ts";
import { CONTEXT, familyOf, type Key } from "../calls/key.ts";
import type { LockEvent } from "../program/binding.ts";
import { isOnlySaid } from "./said.ts";
import {
  HELD,
  HELD_EXCLUSIVE,
  HELD_SHARED,
  isNesting,
  LEFT,
  NOT_HELD,
  REFUSED,
  type Status,
  statusIn,
  statusNumber,
} from "./status.ts";

/** What properties may know of a function's state as one event finds it. What its caller did is unknown. */
export function observeFor(calls: ResolvedCalls, event?: LockEvent): Observations {
  const about = (lock: string, instance?: Expression) =>
    ORDERED.has(lock) ? keyAt(calls, lock, instance) : keyFor(lock, calls, event);
  const known = (lock: string, statuses: readonly Status[], instance?: Expression): Expression => {
    const key = about(lock, instance);
    return key ? statusIn(key, statuses) : FALSE;
  };
  return {
    held: (lock, instance) => known(lock, HELD, instance),
    notHeld: (lock, instance) => known(lock, isNesting(about(lock)) ? LEFT : NOT_HELD, instance),
    refused: (lock) => known(lock, REFUSED),
    untouched: (lock, instance) => known(lock, ["untouched"], instance),
    instances: (object) => (ORDERED.has(object) ? indicesOf(object, calls) : undefined),
    heldAs: (lock, mode) => known(lock, mode === "shared" ? HELD_SHARED : HELD_EXCLUSIVE),
    depth: (context) => depthOf(about(context)),
    inAtomic: (besides) =>
      or(
        ...calls.keys
          .filter(({ object }) => forbidsSleep(object) && object !== besides)
          .map((key) =>
            and(statusIn(key, [...HELD, "over-released", "all held"]), not(isOnlySaid(key, calls))),
          ),
      ),
    mapped: () => known("pte-table", HELD),
    notMapped: () => known("pte-table", NOT_HELD),
    mappedElsewhere: () => mappedElsewhere(calls, event),
    references: () => constant(0),
  };
}

function mappedElsewhere({ keys, protectors }: ResolvedCalls, event?: LockEvent): Expression {
  const own = event?.key === undefined ? undefined : keys[event.key];
  if (!own || event?.releasedWith === undefined) return FALSE;
  const others = keys.filter((key) => key !== own && protectors.get(key.index) === event.releasedWith);
  return and(statusIn(own, ["untouched"]), or(...others.map((key) => statusIn(key, HELD))));
}

/** Of these several may be meant at once, and in an order: their instances are the keys' indices. */
const ORDERED: ReadonlySet<string> = new Set(["kmap", "irq-flags", "list"]);

function keyAt({ keys }: ResolvedCalls, object: string, instance: Expression | undefined): Key | undefined {
  const key = instance?.kind === "constant" ? keys[instance.value] : undefined;
  return key?.object === object ? key : undefined;
}

function indicesOf(object: string, { keys }: ResolvedCalls): Domain | undefined {
  const indices = keys.filter((key) => key.object === object).map(({ index }) => index);
  return indices.length > 0 ? range(Math.min(...indices), Math.max(...indices)) : undefined;
}

/** The key that an event means by a lock: its own, the one coupled to its context, or the one that protects its ptes. */
function keyFor(lock: string, { keys, protectors }: ResolvedCalls, event?: LockEvent): Key | undefined {
  if (event?.object === lock && event.coupled !== undefined) return keys[event.coupled];
  const own = event?.key;
  const protector = own === undefined ? undefined : protectors.get(own);
  const scope = [own, protector].flatMap((index) => (index === undefined ? [] : (keys[index] ?? [])));
  return scope.find(({ object }) => familyOf(object) === familyOf(lock)) ?? keys.find(isContext(lock));
}

const isContext =
  (name: string) =>
  ({ object, text }: Key): boolean =>
    object === name && text === CONTEXT;

function depthOf(key: Key | undefined): Expression {
  return key ? statusNumber(key, { held: 1, "held twice": 2, "over-released": -1 }) : constant(0);
}
