import { bareExits, bodiesOf, isUnseenExit } from "../model/c/index.ts";
import { type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { type CallText, firstArgument, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import type { LockWord } from "../model/kernel/lock-name.ts";
import { leavesForGood } from "../model/kernel/table/never-returns.ts";
import { sentenceOf } from "../model/not-modelled.ts";
import { functionsByName } from "./functions-by-name.ts";
import { isGuard } from "./guard-calls.ts";
import { handedLocks } from "./handed-lock.ts";
import { type LockWords, lockWords } from "./lock-word.ts";
import { functionMacroBounds, lockingMacros } from "./locking-macros.ts";
import { pointerCalls, pointerNames } from "./pointer-calls.ts";
import { uncalledLocks } from "./uncalled-locks.ts";
import { unseenFunctions } from "./unseen-functions.ts";
import { type OtherEffects, varyingCalls } from "./varying-callee.ts";

/** A call that may take or release a lock, while nothing says whether it does. */
export interface UnknownLockCall {
  readonly function: string;
  /** The callee as written; a guard with its class. */
  readonly callee: string;
  /** The arguments as written, without white space. */
  readonly arguments: string;
  /** From 1. */
  readonly line: number;
  /** Offset in the source. */
  readonly at: number;
  /** What its name or its body says that it does; absent where it may do both. */
  readonly word?: LockWord;
  /** It is no call: the function is given to one, or kept in a variable. */
  readonly handed?: true;
  /** It is no call: assembly names it, or a macro without arguments. Where what stands for it ends. */
  readonly uncalled?: { readonly end: number };
  /** It may leave the function, among locks. */
  readonly leaves?: true;
  /** It does not come back, and a lock was taken before it. */
  readonly ends?: true;
  /** It is a function of the source that does otherwise to locks in another reading of its `#if`s. */
  readonly otherwise?: true;
  /** The lock that it releases or returns with: its name means another one than was taken. */
  readonly moved?: string;
  /** What it is handed or leads to, and why that matters under the lock that is held. */
  readonly callback?: string;
}

/** `file:line: f(): what is unknown`. */
export const unknownLockBound = (file: string, call: UnknownLockCall): string =>
  `${file}:${call.line}: ${call.function}(): ${unknownIn(call)}`;

/** The name of a lock means another one than was taken by it. */
export const sayMoved = (lock: string): string =>
  `${lock} means another lock than the one that was taken by that name, which may stay held`;

function unknownIn(call: UnknownLockCall): string {
  const { callee, handed, uncalled, leaves, ends, otherwise, moved, callback } = call;
  if (callback !== undefined) return `${callee}() ${callback}: whether it is called there is not judged`;
  if (moved !== undefined) return sayMoved(moved);
  if (otherwise)
    return `what ${callee}() does to locks depends on an #if, and is judged by one of its arms alone`;
  if (ends) return `${callee}() does not come back, and whether a lock is held there is not judged`;
  if (handed) return `${callee}() is handed on, and who calls it is unknown`;
  if (leaves) return `${callee} may leave the function, and is defined nowhere in sight`;
  return `the effect of ${uncalled ? callee : `${callee}()`} on locks is unknown`;
}

/** `file:line: f(): what is assumed`. */
export const pointerAssumption = (file: string, call: UnknownLockCall): string =>
  `${file}:${call.line}: ${call.function}(): ${call.callee}() does not sleep and leaves locks alone`;

/** Finds calls with unknown effects in the functions of one source. */
export interface UnknownLocks {
  /** All calls of a function, those of its macros among them; none where these cannot be read. */
  allCallsOf(each: UnitFunction): readonly CallText[];
  /** Calls that may take or release a lock, in the order of the text. */
  callsOf(each: UnitFunction): readonly UnknownLockCall[];
  /** Calls through pointers while a lock may be held: that they leave locks alone is assumed. */
  pointerCallsOf(each: UnitFunction): readonly UnknownLockCall[];
  /** Of these functions those whose macros could not be read: `file:line: f(): why`. */
  unreadIn(file: string, functions: readonly UnitFunction[]): readonly string[];
  /** Macros that make functions which take locks: `file:line: what was not read`. */
  macroBounds(file: string): readonly string[];
}

/** `known` holds the summaries of the functions that the source defines, `varying` those that an `#if` decides on. */
export function unknownLocks(unit: Unit, known: Knowledge, varying: OtherEffects = new Map()): UnknownLocks {
  const macros = lockingMacros(unit, known);
  const words = lockWords(unit, known, new Set(macros.map(({ name }) => name)));
  const own = functionsByName(unit);
  const isUnseen = unseenFunctions(unit);
  const pointers = pointerNames(unit);
  const described = ({ name }: UnitFunction, call: CallText, word?: LockWord): UnknownLockCall => ({
    function: name,
    callee: calleeText(call),
    arguments: call.arguments,
    line: unit.lines.lineAt(call.at),
    at: call.at,
    ...(word && { word }),
  });
  return {
    allCallsOf: words.callsOf,
    callsOf: (each) => {
      const unknown = words.unknownIn(each);
      const callees = [...unknown.map(({ call }) => call), ...words.callsOf(each).filter(isWrapped)];
      const isCallee = (at: number) => callees.some(({ from, open }) => from <= at && at < open);
      const handed = handedIn(each, unit, { words, known, isUnseen }).filter(({ at }) => !isCallee(at));
      const calls = unknown.map(({ call, word }) => described(each, call, word));
      const isLocking = unknown.length > 0 || words.callsOf(each).some(({ name }) => takesLocks(known, name));
      const exits = isLocking ? exitsIn(each, unit, { words, known }) : [];
      const uncalled = uncalledIn(each, unit);
      const isUnnamed = ({ at }: CallText) => unknown.every(({ call }) => call.at !== at);
      const otherwise = varyingCalls(words.callsOf(each), varying, { known, own })
        .filter(isUnnamed)
        .map((call) => ({ ...described(each, call), otherwise: true as const }));
      return [...calls, ...handed, ...otherwise, ...uncalled, ...exits, ...endsIn(each, unit, words)].sort(
        (one, other) => one.at - other.at,
      );
    },
    pointerCallsOf: (each) =>
      pointerCalls(each, unit, { words, known, own, pointers }).map(({ within, call }) =>
        described(within, call),
      ),
    unreadIn: (file, functions) => functions.flatMap((each) => unreadMacros(file, each, unit, words)),
    macroBounds: (file) => functionMacroBounds(file, unit, macros),
  };
}

function unreadMacros(
  file: string,
  each: UnitFunction,
  { lines }: Unit,
  words: LockWords,
): readonly string[] {
  const reason = words.unreadIn(each);
  const place = `${file}:${lines.lineAt(each.bodyStart)}: ${each.name}()`;
  return reason ? [`${place}: its macros were not read: ${sentenceOf(reason)}`] : [];
}

/** Parentheses and stars stand around the name, or a cast before it. */
const isWrapped = ({ name, callee, from, open }: CallText): boolean =>
  name === callee && from + name.length < open;

const uncalledIn = (each: UnitFunction, unit: Unit): readonly UnknownLockCall[] =>
  uncalledLocks(unit, each).map(({ name, at, end, word }) => ({
    ...{ function: each.name, callee: name, arguments: "", line: unit.lines.lineAt(at), at, word },
    uncalled: { end },
  }));

interface Handed {
  readonly words: LockWords;
  readonly known: Knowledge;
  readonly isUnseen: (name: string, callee: string) => boolean;
}

function handedIn(
  each: UnitFunction,
  unit: Unit,
  { words, known, isUnseen }: Handed,
): readonly UnknownLockCall[] {
  const bodies = words.unreadIn(each) ? [] : bodiesOf(each, unit, known);
  return handedLocks({ unit, bodies, isUnseen }, each, words).map(({ name, at, word }) => ({
    ...{ function: each.name, callee: name, arguments: "", line: unit.lines.lineAt(at), at },
    ...(word && { word }),
    handed: true,
  }));
}

/** Macros that may leave the function, and are not in sight. */
function exitsIn(
  each: UnitFunction,
  unit: Unit,
  { words, known }: { readonly words: LockWords; readonly known: Knowledge },
): readonly UnknownLockCall[] {
  const calls = words.callsOf(each).filter(({ name, callee, discarded }) => discarded && name === callee);
  const bare = bareExits(unit.text.slice(each.bodyStart, each.bodyEnd));
  const all = [...calls, ...bare.map(({ name, at }) => ({ name, at: each.bodyStart + at, arguments: "" }))];
  return all
    .filter(({ name }) => isUnseenExit(name, unit, known))
    .map(({ name, at, arguments: given }) => ({
      ...{ function: each.name, callee: name, arguments: given, line: unit.lines.lineAt(at), at },
      leaves: true,
    }));
}

/** Calls that do not come back, behind one that takes a lock. */
function endsIn(each: UnitFunction, unit: Unit, words: LockWords): readonly UnknownLockCall[] {
  let isTaken = false;
  return words.callsOf(each).flatMap(({ name, callee, at, arguments: given }) => {
    const isEnd = leavesForGood(name) || unit.neverReturning.has(name);
    if (isEnd && isTaken && name === callee) {
      const about = { function: each.name, callee, arguments: given, line: unit.lines.lineAt(at), at };
      return [{ ...about, ends: true as const }];
    }
    const effect = words.effectOf(name);
    if (effect !== undefined) isTaken = effect !== "releases";
    return [];
  });
}

/** A guard with its class; a choice in its parentheses. */
const calleeText = (call: CallText): string => {
  if (isGuard(call)) return `${call.name}(${firstArgument(call)})`;
  return /^\(|^\{|[?,](?![^(]*\))/.test(call.callee) ? `(${call.callee})` : call.callee;
};
