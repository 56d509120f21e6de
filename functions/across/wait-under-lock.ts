import { splitTop, type UnitFunction } from "../../model/c/source/index.ts";
import {
  completes,
  waitsForCompletion,
  waitsForEnd,
  waitsForWaker,
  wakes,
} from "../../model/kernel/table/registration.ts";
import type { Finding } from "../finding.ts";
import { lastNameOf } from "../lock-name.ts";
import { classOf } from "./lock-class.ts";
import type { Moment } from "./moments.ts";
import type { Registered } from "./registered.ts";
import { findingOf, placeIn, stepAt } from "./told.ts";
import type { LockPlace, Taking, UnitLocks } from "./unit-locks.ts";

/**
 * A function waits, under a lock, for what cannot end without that lock: a work item, a timer or an interrupt whose
 * function takes it, or whoever completes or wakes it in the source, all under that lock. One class of lock is one lock: a hint.
 */
export async function waitUnderLock(
  file: string,
  locks: UnitLocks,
  registered: readonly Registered[],
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const waits = (name: string) => waitsForEnd.has(name) || WAITS.some((each) => each.waits.has(name));
  const findings: Finding[] = [];
  for (const each of locks.unit.unit.functions) {
    if (!isAsked(each.name) || ![...each.calls].some(waits)) continue;
    const { moments } = await locks.unit.of(each);
    for (const moment of moments.filter(({ call }) => waits(call.name))) {
      const wait = WAITS.find((one) => one.waits.has(moment.call.name));
      const blocked = wait
        ? await wakersBlocked(moment, wait, locks)
        : await endsBlocked(moment, locks, registered);
      if (blocked) findings.push(told(file, locks, moment, blocked));
    }
  }
  return findings;
}

interface Blocked {
  readonly lock: string;
  readonly by: Taking | undefined;
  readonly place: Moment;
}

function told(file: string, { unit }: UnitLocks, at: Moment, { lock, by, place }: Blocked): Finding {
  const through = (by?.through ?? []).map((each) => stepAt(unit, each));
  return findingOf(file, unit, {
    rule: "wait-under-lock",
    lock,
    at,
    message: `${at.call.name}() waits under a lock for what needs that lock to end, in ${placeIn(unit, place)}: ${lock}`,
    path: [...through, stepAt(unit, place, `takes ${lock}`)],
  });
}

/** The functions that are run for the object which a call waits for take a lock that is held. */
async function endsBlocked(
  moment: Moment,
  locks: UnitLocks,
  registered: readonly Registered[],
): Promise<Blocked | undefined> {
  const object = objectOf(moment, locks);
  if (object === undefined) return undefined;
  const held = locks.held(moment);
  for (const { name, object: registeredFor, at } of registered) {
    const each = locks.functionNamed(name);
    const by = locks.unit.unit.functions.find(({ bodyStart, bodyEnd }) => bodyStart <= at && at < bodyEnd);
    if (!each || registeredFor === undefined || !isSameObject(object, registeredFor, by, locks)) continue;
    for (const taking of await locks.takings(each)) {
      const lock = held.find((one) => one.class === taking.class && !(one.shared && taking.shared));
      if (lock) return { lock: lock.name, by: taking, place: taking.moment };
    }
  }
  return undefined;
}

interface WaitedFor {
  readonly class: string | undefined;
  readonly text: string;
}

function objectOf({ call, function: each }: Moment, { unit }: UnitLocks): WaitedFor | undefined {
  const text = splitTop(call.arguments)[0];
  return text === undefined ? undefined : { text: memberOf(text), class: classOf(text, each, unit.unit) };
}

/** By class where both are known, else by the member's name. */
function isSameObject(
  object: WaitedFor,
  registeredFor: string,
  by: UnitFunction | undefined,
  { unit }: UnitLocks,
): boolean {
  const other = by ? classOf(registeredFor, by, unit.unit) : memberOf(registeredFor);
  const isClassKnown = object.class?.includes(".") && other?.includes(".");
  return isClassKnown ? object.class === other : object.text === memberOf(registeredFor);
}

/** The last name; a delayed work item by itself. */
const memberOf = (path: string): string => lastNameOf(path.replace(/\.(?:work|timer)$/, ""));

interface Wait {
  readonly waits: ReadonlySet<string>;
  readonly ends: ReadonlySet<string>;
}

/** By whom waits are ended that name what they wait for. */
const WAITS: readonly Wait[] = [
  { waits: waitsForCompletion, ends: completes },
  { waits: waitsForWaker, ends: wakes },
];

/** Whoever ends the wait in this source does so under a lock that is held here. */
async function wakersBlocked(moment: Moment, { ends }: Wait, locks: UnitLocks): Promise<Blocked | undefined> {
  const object = objectOf(moment, locks);
  if (object?.class === undefined) return undefined;
  const isEnd = (one: Moment) => ends.has(one.call.name) && objectOf(one, locks)?.text === object.text;
  const ending: (readonly LockPlace[])[] = [];
  let first: Moment | undefined;
  for (const each of locks.unit.unit.functions.filter(({ calls }) =>
    [...calls].some((name) => ends.has(name)),
  )) {
    const { moments } = await locks.unit.of(each);
    for (const one of moments.filter(isEnd)) {
      first ??= one;
      ending.push(await locks.heldByAll(one));
    }
  }
  const held = await locks.heldByAll(moment);
  const lock = held.find((one) => ending.every((each) => each.some((other) => blocks(one, other))));
  return first && lock ? { lock: lock.name, by: undefined, place: first } : undefined;
}

/** A reader of an rwsem waits for a writer that waits for other readers. */
const blocks = (held: LockPlace, needed: LockPlace): boolean =>
  held.class === needed.class && !(held.shared && needed.shared && held.object !== "rwsem");
