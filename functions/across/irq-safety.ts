import type { UnitFunction } from "../../model/c/source/index.ts";
import { outsideExport } from "../exported-name.ts";
import type { Finding } from "../finding.ts";
import type { Moment } from "./moments.ts";
import type { Registered } from "./registered.ts";
import { findingOf, placeIn, stepAt } from "./told.ts";
import type { LockPlace, Taking, UnitLocks } from "./unit-locks.ts";

/** What may interrupt a holder of a lock on its processor. */
type By = "interrupts" | "bottom halves";

/**
 * A spinning lock that an interrupt handler, a timer or a tasklet of the source takes, taken elsewhere with interrupts,
 * or bottom halves, on: who is interrupted there by it waits for itself (kernel/locking/lockdep.c: mark_lock_irq).
 * That interrupts are on is known behind what sleeps, and where the kernel runs a function so; it is taken to be where the
 * file never turns them off for the lock. A hint.
 */
export async function irqSafety(
  file: string,
  locks: UnitLocks,
  registered: readonly Registered[],
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const isHandler = (name: string) => registered.some((each) => each.name === name && each.in === "hard-irq");
  const taken = await takenIn(
    locks.locking().filter(({ name }) => isAsked(name) && !isHandler(name)),
    locks,
  );
  if (taken.length === 0 || !registered.some(({ in: where }) => where === "hard-irq" || where === "softirq"))
    return [];
  const used = await usedIn(locks, registered);
  const isUsed = (name: string) => used.interrupts.has(name) || used["bottom halves"].has(name);
  const candidates = taken.filter((place) => isUsed(place.class));
  if (candidates.length === 0) return [];
  const reached = await reachedWith(locks, registered);
  const offSomewhere = await takenWithIrqsOff(locks, isHandler);
  return candidates.flatMap((place) => {
    const isNeverOff = !offSomewhere.has(place.class) && isCalledFromElsewhere(place.moment.function, locks);
    const found = exposed(place, used, reached, isNeverOff);
    return found ? [told(file, locks, place.moment, found)] : [];
  });
}

/** The spinning locks that functions take themselves: what a helper of the source takes is judged in the helper. */
async function takenIn(functions: readonly UnitFunction[], locks: UnitLocks): Promise<readonly LockPlace[]> {
  const taken: LockPlace[] = [];
  for (const each of functions) {
    const { moments, comesHeld } = await locks.unit.of(each);
    if (comesHeld) continue;
    const own = moments.filter(({ call }) => !locks.functionNamed(call.name));
    taken.push(...own.flatMap((moment) => locks.places(moment.takes, moment)));
  }
  return taken.filter(({ spinning }) => spinning);
}

type Used = Readonly<Record<By, ReadonlyMap<string, Taking>>>;
/** The functions that are run, by some way, with these on. */
type Reached = Readonly<Record<By, ReadonlySet<string>>>;

interface Exposed {
  readonly place: LockPlace;
  readonly by: By;
  readonly handler: Taking;
}

async function usedIn(locks: UnitLocks, registered: readonly Registered[]): Promise<Used> {
  const used = { interrupts: new Map<string, Taking>(), "bottom halves": new Map<string, Taking>() };
  for (const { name, in: where } of registered) {
    const each = locks.functionNamed(name);
    if (!each || (where !== "hard-irq" && where !== "softirq")) continue;
    const into = used[where === "hard-irq" ? "interrupts" : "bottom halves"];
    for (const taking of await locks.takings(each))
      if (taking.spinning && !into.has(taking.class)) into.set(taking.class, taking);
  }
  return used;
}

/** The classes of locks that something other than a handler takes with interrupts off. */
async function takenWithIrqsOff(
  locks: UnitLocks,
  isHandler: (name: string) => boolean,
): Promise<ReadonlySet<string>> {
  const others = locks.locking().filter(({ name }) => !isHandler(name));
  const taken = await takenIn(others, locks);
  return new Set(taken.flatMap((each) => (each.moment.mayBeIrqsOff ? [each.class] : [])));
}

/** Other files call it, and nothing in this one does, or hands it on. */
function isCalledFromElsewhere({ name, head }: UnitFunction, { unit: { unit } }: UnitLocks): boolean {
  if (/\bstatic\b/.test(head)) return false;
  const uses = unit.text.match(new RegExp(outsideExport(name), "g")) ?? [];
  return uses.length === 1;
}

/** `isNeverOff`: the file never turns interrupts off for the lock, and the function is one that others call. */
function exposed(place: LockPlace, used: Used, reached: Reached, isNeverOff: boolean): Exposed | undefined {
  const { moment } = place;
  const isReached = moment.slept || isNeverOff || reached["interrupts"].has(moment.function.name);
  const isOn = {
    interrupts: !moment.mayBeIrqsOff && isReached,
    "bottom halves":
      !moment.mayBeBhOff && (moment.slept || reached["bottom halves"].has(moment.function.name)),
  };
  for (const by of ["interrupts", "bottom halves"] as const) {
    const handler = isOn[by] ? used[by].get(place.class) : undefined;
    const isOther = handler && handler.moment.call.at !== moment.call.at;
    if (isOther && !(handler.shared && place.shared)) return { place, by, handler };
  }
  return undefined;
}

/** From what the kernel runs with them on, and from calls behind what sleeps, by calls that leave them on. */
async function reachedWith(locks: UnitLocks, registered: readonly Registered[]): Promise<Reached> {
  const reached = { interrupts: new Set<string>(), "bottom halves": new Set<string>() };
  // A work item may be one of a workqueue that runs its items as softirqs (include/linux/workqueue.h: WQ_BH).
  const hasBhWork = /\bWQ_BH\b|_bh(?:_highpri)?_wq\b/.test(locks.unit.unit.text);
  for (const { name, in: where } of registered) {
    if (where !== "hard-irq") reached.interrupts.add(name);
    if (where === "process" && !hasBhWork) reached["bottom halves"].add(name);
  }
  const functions = locks.unit.unit.functions.filter(({ calls }) => callsOwn(calls, locks));
  for (let before = -1; before !== reached.interrupts.size + reached["bottom halves"].size; ) {
    before = reached.interrupts.size + reached["bottom halves"].size;
    for (const each of functions) await followCalls(each, locks, reached);
  }
  return reached;
}

const callsOwn = (calls: ReadonlySet<string>, locks: UnitLocks): boolean =>
  [...calls].some((name) => locks.functionNamed(name) !== undefined);

async function followCalls(
  each: UnitFunction,
  locks: UnitLocks,
  reached: { readonly [by in By]: Set<string> },
): Promise<void> {
  const { moments, comesHeld } = await locks.unit.of(each);
  if (comesHeld) return;
  for (const { call, slept, mayBeIrqsOff, mayBeBhOff } of moments) {
    if (!locks.functionNamed(call.name)) continue;
    if (!mayBeIrqsOff && (slept || reached.interrupts.has(each.name))) reached.interrupts.add(call.name);
    if (!mayBeBhOff && (slept || reached["bottom halves"].has(each.name)))
      reached["bottom halves"].add(call.name);
  }
}

function told(file: string, { unit }: UnitLocks, at: Moment, { place, by, handler }: Exposed): Finding {
  return findingOf(file, unit, {
    rule: "irq-safety",
    lock: place.name,
    at,
    message: `a lock is taken with ${by} on that is taken in ${by === "interrupts" ? "an interrupt handler" : "a softirq"}, in ${placeIn(unit, handler.moment)}: ${place.name}`,
    path: [
      ...handler.through.map((each) => stepAt(unit, each)),
      stepAt(unit, handler.moment, `takes ${handler.name}`),
    ],
  });
}
