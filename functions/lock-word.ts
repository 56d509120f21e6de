import { callsOf } from "../model/c/index.ts";
import { type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import { type CallText, firstArgument, type Unit, type UnitFunction } from "../model/c/source/index.ts";
import { type LockWord, lockWordOf, ownLockWord, pairedName } from "../model/kernel/lock-name.ts";
import { isNoLock } from "../model/kernel/table/no-lock.ts";
import { ownLockOf } from "../model/kernel/table/own-lock.ts";
import { type Reason, requireReason } from "../model/not-modelled.ts";
import { type FunctionsByName, functionsByName } from "./functions-by-name.ts";
import { classWordOf, guardFilter, isGuard } from "./guard-calls.ts";
import { type KeptFunctions, keptFunctions } from "./kept-functions.ts";
import { isDefinite, knownWords, onlyOne, primitiveOf } from "./known-words.ts";
import { runsReleases } from "./locking-macros.ts";
import { calleeFirst } from "./order.ts";
import { NOT_SUMMARISED } from "./unsummarised.ts";
import { givesOwn, isShadowed } from "./variable.ts";

/** A call that may take or release a lock. */
export interface WordedCall {
  readonly call: CallText;
  /** Absent for one that may do both. */
  readonly word?: LockWord;
}

/** What the calls of a source may do to locks while nothing is known of it. */
export interface LockWords {
  callsOf(each: UnitFunction): readonly CallText[];
  /** Why what the macros of a function call is not known; undefined where it is. */
  unreadIn(each: UnitFunction): Reason | undefined;
  /** Undefined for a call that is known or harmless. */
  wordOf(call: CallText, each: UnitFunction): WordedCall | undefined;
  unknownIn(each: UnitFunction): readonly WordedCall[];
  /** What a function of this name does, by what is known or by what stands in it; undefined for nothing. */
  effectOf(name: string): LockWord | "both" | undefined;
}

export const isPointer = (call: CallText, { parameters }: UnitFunction): boolean =>
  (call.callee !== call.name && !isGuardsOwn(call)) || parameters.includes(call.name);

/** The second call of `guard(mutex)(&box->lock)`. */
const isGuardsOwn = ({ callee, names: [first = ""] }: CallText): boolean =>
  callee !== first && isGuard({ name: first });

/** A source as lock words are told from it. */
interface Source {
  readonly unit: Unit;
  readonly known: Knowledge;
  /** Macros that may take or release a lock. */
  readonly macros: ReadonlySet<string>;
  /** The functions that it defines, by their names. */
  readonly own: FunctionsByName;
  readonly callsOf: LockWords["callsOf"];
  readonly unreadIn: LockWords["unreadIn"];
  readonly isKnownGuard: (call: CallText) => boolean;
  /** What the constructor or the destructor of a class may do. */
  readonly classWord: (name: string) => LockWord | undefined;
  readonly kept: KeptFunctions;
  /** Functions that only take or only release, by calls with unknown effects, or by more than their summaries say. */
  readonly opaque: Map<string, LockWord>;
  /** Functions that take a lock by what is known, asked of each call in them. */
  readonly locking: Map<UnitFunction, boolean>;
}

/** `macros` may take or release a lock. */
export function lockWords(unit: Unit, known: Knowledge, macros: ReadonlySet<string>): LockWords {
  const own = functionsByName(unit);
  const isLock = (name: string) => takesLocks(known, name) || lockWordOf(name) !== undefined;
  const isKnownGuard = guardFilter(unit, {
    isKnown: (name) => known.matters(name) || own.has(name),
    isLock,
  });
  const classWord = (name: string) => (own.has(name) ? undefined : classWordOf(name, unit, isLock));
  const source: Source = {
    ...{ unit, known, macros, own, isKnownGuard, classWord },
    ...callsOfFunctions(unit, known),
    kept: keptFunctions(unit, (name) => own.has(name) || primitiveOf(name, known) !== undefined),
    opaque: new Map(),
    locking: new Map(),
  };
  const leaves = unit.functions.filter((each) => each.calls.size === 0);
  // Callee first, and not by recursion: calls may go as deep as there are functions.
  for (const each of [...leaves, ...calleeFirst(unit, () => true).functions]) {
    const [plain, withSummary] = sidesOf(each, source);
    if (plain) source.opaque.set(`${each.name} false`, plain);
    if (withSummary) source.opaque.set(`${each.name} true`, withSummary);
  }
  return {
    callsOf: source.callsOf,
    unreadIn: source.unreadIn,
    wordOf: (call, each) => wordOf(call, each, source),
    unknownIn: (each) => unknownIn(each, source),
    effectOf: (name) => effectOf(name, source),
  };
}

function unknownIn(each: UnitFunction, source: Source): readonly WordedCall[] {
  const { callsOf, known, own } = source;
  const paired = pairsIn(callsOf(each), ({ name }) => !takesLocks(known, name) && !own.has(name));
  return callsOf(each).flatMap((call) => wordOf(call, each, source) ?? paired.get(call) ?? []);
}

function wordOf(call: CallText, each: UnitFunction, source: Source): WordedCall | undefined {
  const { known, macros, own, opaque } = source;
  const { name } = call;
  if (isGuard(call)) return source.isKnownGuard(call) ? undefined : { call };
  if (isGuardsOwn(call)) return undefined;
  if (isPointer(call, each)) return pointedAt(call, each, source);
  const ownLock = givesOwn(call, each, source.unit) ? undefined : ownLockWord(name, call.arguments);
  if (ownLock) return ownLock === "both" ? { call } : { call, word: ownLock };
  if (macros.has(name) || (!own.has(name) && runsReleases(call, known))) return { call };
  if (!own.has(name) && (known.matters(name) || known.find(name, [])?.leavesLocks === true))
    return isShadowed(call, each, source.unit) ? { call } : undefined;
  if (!own.has(name)) {
    const kept = () => worded(call, wordsOf(source.kept.inVariable(name, each), source));
    return named(call, source.classWord(name) ?? lockWordOf(name)) ?? kept();
  }
  if (takesKnownLock(each, source) && known.find(name, [])?.source === NOT_SUMMARISED) return { call };
  const isSummaryAsked = lockWordOf(name) !== undefined || takesKnownLock(each, source);
  return named(call, opaque.get(`${name} ${isSummaryAsked}`));
}

const named = (call: CallText, word: LockWord | undefined): WordedCall | undefined => word && { call, word };

/** One of several may be called, or one that a pointer leads to. */
function pointedAt(call: CallText, each: UnitFunction, source: Source): WordedCall | undefined {
  const isChoice = call.callee !== call.name && /[?,;()]/.test(call.callee);
  if (isChoice)
    return worded(
      call,
      call.names.flatMap((name) => effectWords(name, source) ?? lockWordOf(name) ?? []),
    );
  const { kept } = source;
  const isMember = /->|\.|\[/.test(call.callee);
  const words = call.names.flatMap((name) => {
    const functions = isMember ? kept.inMember(name) : kept.inVariable(name, each);
    return functions.length > 0 ? wordsOf(functions, source) : (lockWordOf(name) ?? []);
  });
  return worded(call, words);
}

const worded = (call: CallText, words: readonly LockWord[]): WordedCall | undefined => {
  const word = onlyOne(words);
  return words.length === 0 ? undefined : { call, ...(word && { word }) };
};

/** What functions that a pointer may lead to do. */
const wordsOf = (names: readonly string[], source: Source): readonly LockWord[] =>
  [...new Set(names)].flatMap((name) => effectWords(name, source) ?? source.opaque.get(`${name} true`) ?? []);

function effectWords(name: string, source: Source): readonly LockWord[] | undefined {
  const effect = effectOf(name, source);
  return effect === "both" ? ["acquires", "releases"] : effect && [effect];
}

function effectOf(name: string, { known, own, opaque, classWord }: Source): LockWord | "both" | undefined {
  const side = opaque.get(`${name} false`);
  const meant = own.has(name) ? name : (primitiveOf(name, known) ?? name);
  const words = isDefinite(known, meant) ? knownWords(known, meant) : side ? [side] : [];
  return words.length === 0 ? classWord(name) : (onlyOne(words) ?? "both");
}

/** What it does by calls with unknown effects; and by what is known of the others as well. */
function sidesOf(each: UnitFunction, source: Source): readonly (LockWord | undefined)[] {
  const { known, callsOf } = source;
  const unknown = unknownIn(each, source).flatMap(({ word }) => word ?? []);
  // Where calls inside do both, its own name tells which is left when it returns.
  const byName = unknown.length > 0 || isOwnLock(each, source) ? lockWordOf(each.name) : undefined;
  const side = onlyOne(unknown) ?? byName;
  if (side || isDefinite(known, each.name)) return [side, side];
  return [undefined, onlyOne([...unknown, ...callsOf(each).flatMap((call) => knownWords(known, call.name))])];
}

function takesKnownLock(each: UnitFunction, { callsOf, known, own, locking }: Source): boolean {
  const found =
    locking.get(each) ?? callsOf(each).some(({ name }) => !own.has(name) && takesLocks(known, name));
  locking.set(each, found);
  return found;
}

/** One that is named like a lock, and takes it by nothing that is known. */
function isOwnLock(each: UnitFunction, source: Source): boolean {
  const { known, callsOf } = source;
  const { name } = each;
  if (lockWordOf(name) === undefined || takesKnownLock(each, source) || known.matters(name)) return false;
  const calls = callsOf(each);
  if (!LOCK.test(name) || OBJECT.test(name)) return calls.some((call) => ownLockOf(call.name));
  return isActing(each, source, MAX_HELPERS);
}

/** Helpers within helpers that are looked into for what a function named like a lock does. */
const MAX_HELPERS = 2;

/** A write to a register of a device is a store: what it takes may be a lock of the hardware. */
const REGISTER = /^(?:(?:__raw_)?writes?|iowrite|outs?)[bwlq\d]/;
/** It stores something, or calls what nothing is known of, by itself or by helpers of the source. */
function isActing(each: UnitFunction, source: Source, depth: number): boolean {
  const { unit, known, own, callsOf } = source;
  if (STORE.test(unit.text.slice(each.bodyStart, each.bodyEnd))) return true;
  return callsOf(each).some((call) => {
    const { name } = call;
    if (isPointer(call, each)) return true;
    if (!own.has(name)) return !known.matters(name) && (!isNoLock(name) || REGISTER.test(name));
    return (
      call.discarded &&
      depth > 0 &&
      (own.get(name) ?? []).some((helper) => isActing(helper, source, depth - 1))
    );
  });
}

/** What only frees is often named release. */
const LOCK = /(?:^|_)(?:try|un|re)?lock(?:_|$)/i;
/** What is done to the object that a lock is. */
const OBJECT =
  /(?:^|_)(?:alloc|init|free|copy|make|new|show|print|dump|encode|decode|stats?|status|pos|conflicts?|flags|to|register|no)(?:_|$)/i;
const STORE = /(?:->|\.)\w+(?:\[[^\]]*\])*\s*(?:[-+|&^]|<<|>>)?=(?!=)|\*\s*\w+\s*=(?!=)|\+\+|--(?!>)|\basm\b/;

function callsOfFunctions(unit: Unit, known: Knowledge): Pick<LockWords, "callsOf" | "unreadIn"> {
  const calls = new Map<UnitFunction, readonly CallText[]>();
  const unread = new Map<UnitFunction, Reason>();
  const read = (each: UnitFunction): readonly CallText[] => {
    try {
      return callsOf(each, unit, known);
    } catch (error) {
      unread.set(each, requireReason(error));
      return [];
    }
  };
  const own = (each: UnitFunction): readonly CallText[] => {
    const found = calls.get(each) ?? read(each);
    calls.set(each, found);
    return found;
  };
  return { callsOf: own, unreadIn: (each) => own(each) && unread.get(each) };
}

/** Calls of both halves of a pair with the same first argument; an end whose result is used ends nothing. */
function pairsIn(
  calls: readonly CallText[],
  isUnknown: (call: CallText) => boolean,
): ReadonlyMap<CallText, WordedCall> {
  const groups = new Map<string, WordedCall[]>();
  for (const call of calls) {
    const half = isUnknown(call) ? pairedName(call.callee) : undefined;
    if (!half || (half.half === "releases" && !call.discarded)) continue;
    const key = `${half.stem} ${firstArgument(call)}`;
    groups.set(key, [...(groups.get(key) ?? []), { call, word: half.half }]);
  }
  const pairs = [...groups.values()].filter((each) => new Set(each.map(({ word }) => word)).size === 2);
  return new Map(pairs.flat().map((each) => [each.call, each]));
}
