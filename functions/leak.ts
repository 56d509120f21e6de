import { isPrivate, type Key, type Translation } from "../model/c/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import type { Declared, Ownership } from "./escape.ts";
import { type Exit, netOf } from "./exit.ts";
import { GIVEN, isPerhapsReleased } from "./silent-release.ts";

/** A lock that a function still holds on some way out, and that nothing in its own text hands on. */
export interface Leak {
  readonly key: Key;
  readonly exit: Exit;
  /** Only a pointer of the function's own leads to the lock: nobody else names it like that. */
  readonly isOwn: boolean;
  /** It is kept where the function succeeds, and given back where it fails. */
  readonly onSuccess: boolean;
}

/** One for each lock; whether a caller is meant to release it, the other functions of the source tell. */
export function leaksOf(
  translation: Translation,
  exits: readonly Exit[],
  owned: Ownership,
  { head, parameters }: Declared,
): readonly Leak[] {
  if (owned.flagged) return [];
  const isPointer = /\*\s*$/.test(head);
  return translation.plan.calls.keys.flatMap((key) => {
    const isHandedOn = owned.escapes(key) && !parameters.includes(rootOf(key));
    if (!isLeakable(key, owned) || isHandedOn) return [];
    const kept = exits.filter(({ statuses }) => netOf(statuses[key.index]) === 1);
    const isOwn = owned.isLocal(key) && /^\w+$/.test(key.text);
    const mayLead = ({ returns }: Exit) => !isOwn && owned.isLocal(key) && isPointer && returns !== "zero";
    const exit = kept.find((each) => !mayLead(each) && isLeak(each, key, exits, translation));
    if (!exit) return [];
    return [{ key, exit, isOwn, onSuccess: isOnSuccess(key, kept, exits, /\bbool\b/.test(head)) }];
  });
}

/** A folio travels with its lock, a mapping with its pointer; a semaphore may be given back by anyone. */
const isLeakable = (key: Key, owned: Ownership): boolean =>
  key.acquired &&
  !isPrivate(key) &&
  !owned.isObject(key) &&
  !isOwnerless(key.object) &&
  !JUDGED_OTHERWISE.has(key.object) &&
  /^(?:\w|->|\.|[[\]])+$/.test(key.text);

/** Lazy MMU mode has a rule of its own, interrupts may be switched without regard to what they were. */
const JUDGED_OTHERWISE: ReadonlySet<string> = new Set(["lazy-mmu", "irq"]);

const rootOf = ({ text }: Key): string => /^\w+/.exec(text)?.[0] ?? "";

/**
 * Not where the same return gives the lock back on other ways: a condition tells them apart, and may do so rightly.
 * Not where a lock of its kind is released that was not taken: it may be this one, by another name.
 */
function isLeak(exit: Exit, key: Key, all: readonly Exit[], translation: Translation): boolean {
  const sameSite = all.filter(({ site, returns }) => site === exit.site && returns === exit.returns);
  // Where nothing releases it, what other ways take in its place goes by another call, and so may this one.
  const isElsewhere = !key.released && sameSite.some(({ statuses }) => statuses[key.index] === "untouched");
  // Nor is it known what a callee did on those.
  const isUnclear = sameSite.some(({ statuses }) => netOf(statuses[key.index]) === undefined);
  const isReleasedHere =
    isElsewhere ||
    isUnclear ||
    all.some(({ site, statuses }) => site === exit.site && statuses[key.index] === "released");
  const others = translation.plan.calls.keys.filter((each) => each !== key && each.object === key.object);
  const isOther = others.some(({ index }) => GIVEN.has(exit.statuses[index] ?? "untouched"));
  return !isReleasedHere && !isOther && !isPerhapsReleased(translation, key, exit);
}

/**
 * Some ways give it back, and those that keep it return otherwise; so it may be where a truth is returned, and some
 * ways do not take it.
 */
function isOnSuccess(key: Key, kept: readonly Exit[], all: readonly Exit[], isTruth: boolean): boolean {
  const free = all.filter(({ statuses }) => {
    const status = statuses[key.index];
    return status === "released" || (isTruth && netOf(status) === 0);
  });
  const isFailure = ({ returns }: Exit) => returns === "error" || returns === "zero";
  const keptAs = new Set(kept.map(({ returns }) => returns));
  return (
    free.length > 0 &&
    free.every((each) => isFailure(each) && !keptAs.has(each.returns)) &&
    !kept.some(({ returns }) => returns === "error")
  );
}
