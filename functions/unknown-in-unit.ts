import type { Surroundings } from "../model/c/index.ts";
import type { Sleepers } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import { accessorLocks } from "./accessor-locks.ts";
import { callbackSites } from "./callback-sites.ts";
import { callbacksUnderLock } from "./callbacks.ts";
import type { Callees } from "./callees.ts";
import type { CheckOptions } from "./check-options.ts";
import { ownPrimitives } from "./own-primitives.ts";
import { type TrustedCallee, trustAssumption } from "./trusted-callees.ts";
import {
  pointerAssumption,
  type UnknownLockCall,
  type UnknownLocks,
  unknownLockBound,
  unknownLocks,
} from "./unknown-locks.ts";

interface Judged {
  readonly callees: Callees;
  readonly sleepers: Sleepers;
  /** What searches left open. */
  readonly open: readonly UnknownLockCall[];
  /** Offsets of calls of which searches tell what they do. */
  readonly decided: ReadonlySet<number>;
  /** Calls that are taken to release locks. */
  readonly trusted: readonly TrustedCallee[];
}

/** Calls of a source whose effect on locks is not known, and calls through pointers under a lock. */
export async function unknownInUnit(
  surroundings: Surroundings,
  { functions, unknownLocks: how = "bounds", partial }: CheckOptions,
  { callees, sleepers, open, decided, trusted }: Judged,
) {
  const { unit, file } = surroundings;
  const found = unknownLocks(unit, callees.certain, callees.otherEffects);
  const asked = unit.functions.filter(({ name }) => functions?.includes(name) ?? true);
  const isOpen = ({ at, otherwise }: UnknownLockCall) => otherwise || !decided.has(at);
  const named = asked.flatMap(found.callsOf).filter(isOpen);
  const isNamed = ({ at }: UnknownLockCall) => named.some((each) => each.at === at);
  // Where they are compared before and after, that is done elsewhere.
  const called =
    partial || how !== "bounds"
      ? []
      : [
          ...(await callbacksIn(surroundings, asked, { callees, sleepers, callsOf: found.allCallsOf })),
          ...(await accessorLocks(surroundings, asked)),
        ];
  const unknown = [...named, ...[...open, ...called].filter((each) => !isNamed(each))];
  const calls = unknown.map((call) => unknownLockBound(file, call));
  const unread = found.unreadIn(file, asked);
  const places = [...found.macroBounds(file), ...ownPrimitives(file, unit)];
  const bounds = how === "bounds" ? [...calls, ...unread, ...places] : unread;
  // That the effect of a call is unknown is a bound, and no assumption beside.
  const isBound = (each: TrustedCallee) =>
    unknown.some((call) => call.function === each.function && call.callee === each.callee);
  const assumed = [
    ...asked.flatMap(found.pointerCallsOf).map((call) => pointerAssumption(file, call)),
    ...trusted.filter((each) => !isBound(each)).map((each) => trustAssumption(file, each)),
  ];
  return { unknownLocks: unknown, bounds, assumed: [...new Set(assumed)] };
}

/** What is called back under a lock. */
async function callbacksIn(
  surroundings: Surroundings,
  asked: readonly UnitFunction[],
  {
    callees: { certain, effects },
    sleepers,
    callsOf,
  }: Pick<Judged, "callees" | "sleepers"> & { callsOf: UnknownLocks["allCallsOf"] },
): Promise<readonly UnknownLockCall[]> {
  const doesSomething = (name: string) => sleepers.has(name) || effects.get(name) !== undefined;
  const matters = (name: string) => certain.matters(name);
  const sitesIn = callbackSites(surroundings.unit, { matters, doesSomething, callsOf });
  const callbacks: UnknownLockCall[] = [];
  for (const each of asked)
    callbacks.push(...(await callbacksUnderLock(each, sitesIn(each), { surroundings, effects, sleepers })));
  return callbacks;
}
