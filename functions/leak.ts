import type { Run } from "../checker/result.ts";
import { isPrivate, type Key, lockName, type Translation } from "../model/c/index.ts";
import type { Status } from "../model/c/status/index.ts";
import { isOwnerless } from "../model/kernel/counted.ts";
import type { Declared, Ownership } from "./escape.ts";
import { type Exit, netOf } from "./exit.ts";
import { failuresOf } from "./imbalance.ts";
import { comesWithLock, isDoubtfulWay, mayReleaseBehind } from "./leak-way.ts";
import { leftBehind } from "./left-behind.ts";
import { losesFlags } from "./lost-flags.ts";
import { isPutLocked } from "./put-locked.ts";
import { isOneWithAnother } from "./same-lock.ts";
import {
  GIVEN,
  isPerhapsReleased,
  isPerhapsReleasedByPointer,
  isReleasedElsewhere,
  isRetaken,
} from "./silent-release.ts";
import type { Fails } from "./sure-exit.ts";
import { placesPut } from "./tells-all.ts";

/** A lock that a function still holds on some way out, and that nothing in its own text hands on. */
export interface Leak {
  readonly key: Key;
  readonly exit: Exit;
  /** The way to where the function goes on to another object; absent where it returns with the lock. */
  readonly leaves?: Run;
  /** Only a pointer of the function's own leads to the lock: nobody else names it like that. */
  readonly isOwn: boolean;
  /** It is kept where the function succeeds, and given back where it fails. */
  readonly onSuccess: boolean;
  /** What it puts behind a parameter may say that it keeps it. */
  readonly isTold: boolean;
}

interface Judging {
  readonly translation: Translation;
  readonly parameters: readonly string[];
  readonly fails: Fails;
}

/** One for each lock; whether a caller is meant to release it, the other functions of the source tell. */
export function leaksOf(
  translation: Translation,
  exits: readonly Exit[],
  owned: Ownership,
  { head, parameters, body = "" }: Declared,
): readonly Leak[] {
  if (owned.flagged) return [];
  const fails = failuresOf(exits, owned);
  const isPointer = /\*\s*$/.test(head);
  return translation.plan.calls.keys.flatMap((key) => {
    const isHandedOn = owned.escapes(key) && (isPointer || !parameters.includes(rootOf(key)));
    const put = exits.find(
      (each) => netOf(each.statuses[key.index]) === 1 && isPutLocked(translation, key, each),
    );
    if (put)
      return owned.escapes(key) ? [] : [{ key, exit: put, isOwn: true, onSuccess: false, isTold: false }];
    if (!isLeakable(key, owned)) return [];
    const kept = exits.filter(({ statuses }) => netOf(statuses[key.index]) === 1);
    const isOwn = owned.isLocal(key) && /^\w+$/.test(key.text);
    const mayLead = ({ returns }: Exit) =>
      !isOwn && owned.isLocal(key) && isPointer && returns !== "zero" && returns !== "error";
    const isKept = !isHandedOn && !isRetaken(translation, key, exits);
    const judging = { translation, parameters, fails };
    const exit = isKept
      ? kept.find((each) => !mayLead(each) && isLeak(each, key, exits, judging))
      : undefined;
    if (!exit) return leftIn(translation, key, exits);
    const onSuccess =
      isOnSuccess(key, kept, exits, /\bbool\b/.test(head)) &&
      !losesFlags(translation, key, { parameters, body });
    const isTold = placesPut(translation.plan.flow, parameters).some((each) => each.startsWith("*"));
    return [{ key, exit, isOwn, onSuccess, isTold }];
  });
}

/** Where it goes on to another object with the lock of this one held, and no call may release that. */
function leftIn(translation: Translation, key: Key, exits: readonly Exit[]): readonly Leak[] {
  for (const exit of exits) {
    const leaves = leftBehind(translation, key, exit);
    if (!leaves) continue;
    return [{ key, exit, leaves, isOwn: false, onSuccess: false, isTold: false }];
  }
  return [];
}

/** A folio travels with its lock, a mapping with its pointer; a semaphore may be given back by anyone. */
const isLeakable = (key: Key, owned: Ownership): boolean =>
  key.acquired &&
  !isPrivate(key) &&
  !owned.isObject(key) &&
  !isOwnerless(key.object) &&
  !JUDGED_OTHERWISE.has(key.object) &&
  PLACE.test(key.text);

/** It may lead through what a macro or an inline function makes of a pointer: `BOX_I(inode)->lock`. */
const PLACE = /^(?:\w+\((?:\w+\()?\w+(?:(?:->|\.)\w+)*\)?\)(?=->|\.))?(?:\w|->|\.|[[\]])+$/;

/**
 * Lazy MMU mode has a rule of its own, interrupts may be switched without regard to what they were, and write access to
 * a mount stays with the file until that is closed (fs/file_table.c: __fput).
 */
const JUDGED_OTHERWISE: ReadonlySet<string> = new Set(["lazy-mmu", "irq", "mount-write", "mount-access"]);

const rootOf = ({ text }: Key): string => /^(?:\w+\()*(\w+)/.exec(text)?.[1] ?? "";

/**
 * Where the same return gives the lock back on other ways, a condition tells them apart, and may do so rightly: but not
 * where the caller is told the same and the search made no way up, nor where those took it elsewhere. Not where a lock
 * of its kind is released that was not taken: it may be this one, by another name.
 */
function isLeak(
  exit: Exit,
  key: Key,
  all: readonly Exit[],
  { translation, parameters, fails }: Judging,
): boolean {
  const here = all.filter(({ site }) => site === exit.site);
  const sameReturn = here.filter(({ returns }) => returns === exit.returns);
  const isElsewhere =
    sameReturn.some(({ statuses }) => statuses[key.index] === "untouched") &&
    isReleasedElsewhere(translation, key, exit);
  // What a callee did on those is not known.
  const isUnclear = sameReturn.some(
    (each) =>
      UNCLEAR.has(each.statuses[key.index] ?? "untouched") && !isOneWithAnother(translation, key, each),
  );
  const released = here.filter(({ statuses }) => statuses[key.index] === "released");
  // Who fails keeps nothing for its caller.
  const isTold =
    !fails(exit.returns) && (exit.returns === "any" || !sameReturn.some((each) => released.includes(each)));
  const isReleasedHere =
    released.length > 0 &&
    mayReleaseBehind(translation, key, exit) &&
    (isTold ||
      all.some((each) => isMadeUp(each.statuses[key.index])) ||
      isPerhapsReleasedByPointer(translation, key, exit) ||
      isDoubtfulWay(translation, key, exit, parameters));
  const others = translation.plan.calls.keys.filter((each) => each !== key && each.object === key.object);
  const isOther = others.some((each) => mayBeIt(each, key, exit.statuses[each.index] ?? "untouched"));
  if (isElsewhere || isUnclear || isReleasedHere || isOther) return false;
  return !comesWithLock(translation, key, exit) && !isPerhapsReleased(translation, key, exit);
}

/** What has become of another lock is not known; one that the function takes itself is this one only by the same name. */
const mayBeIt = (other: Key, key: Key, status: Status): boolean =>
  GIVEN.has(status) &&
  (!other.acquired || status === "dropped" || /^\w+$/.test(other.text) || lockName(other) === lockName(key));

const UNCLEAR: ReadonlySet<Status> = new Set(["unknown", "maybe released", "over-released"]);

/**
 * Where a condition is asked twice, of taking and of giving back, and the search lost what came of it first, there are
 * ways that release what they did not take, or release it twice, beside those that keep it.
 */
const isMadeUp = (status: Status | undefined): boolean =>
  status === undefined || GIVEN.has(status) || status === "taken";

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
    !(isTruth && keptAs.has("any")) &&
    !kept.some(({ returns }) => returns === "error")
  );
}
