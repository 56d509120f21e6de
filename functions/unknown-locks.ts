import { type Knowledge, takesLocks } from "../model/c/knowledge/index.ts";
import {
  type CallText,
  callsIn,
  firstArgument,
  macrosIn,
  type Unit,
  type UnitFunction,
} from "../model/c/source/index.ts";
import { type LockWord, lockWordOf, pairedName } from "../model/kernel/lock-name.ts";
import { guardFilter, isGuard } from "./guard-calls.ts";
import { calleeFirst } from "./order.ts";
import { NOT_SUMMARISED } from "./summary.ts";

/** A call that may take or release a lock, while nothing says whether it does. */
export interface UnknownLockCall {
  readonly function: string;
  /** The callee as written; a guard with its class. */
  readonly callee: string;
  /** The arguments as written, without white space. */
  readonly arguments: string;
  /** From 1. */
  readonly line: number;
  /** What its name or its body says that it does; absent where it may do both. */
  readonly word?: LockWord;
}

/** `file:line: f(): what is unknown`. */
export const unknownLockBound = (file: string, call: UnknownLockCall): string =>
  `${file}:${call.line}: ${call.function}(): the effect of ${call.callee}() on locks is unknown`;

/** `file:line: f(): what is assumed`. */
export const pointerAssumption = (file: string, call: UnknownLockCall): string =>
  `${file}:${call.line}: ${call.function}(): ${call.callee}() does not sleep and leaves locks alone`;

/** Finds calls with unknown effects in the functions of one source. */
export interface UnknownLocks {
  /** Calls that may take or release a lock, in the order of the text. */
  callsOf(each: UnitFunction): readonly UnknownLockCall[];
  /** Calls through pointers after the function's first lock: that they leave locks alone is assumed. */
  pointerCallsOf(each: UnitFunction): readonly UnknownLockCall[];
}

/** `known` holds the summaries of the functions that the source defines. */
export function unknownLocks(unit: Unit, known: Knowledge): UnknownLocks {
  const calls = callsOfFunctions(unit);
  const words = lockWords(unit, known, calls);
  const described = ({ name }: UnitFunction, call: CallText, word?: LockWord): UnknownLockCall => ({
    function: name,
    callee: isGuard(call) ? `${call.name}(${firstArgument(call)})` : call.callee,
    arguments: call.arguments,
    line: unit.lines.lineAt(call.at),
    ...(word && { word }),
  });
  return {
    callsOf: (each) => words.unknownIn(each).map(({ call, word }) => described(each, call, word)),
    pointerCallsOf: (each) => {
      const all = calls(each);
      const first = all.findIndex((call) => !isPointer(call, each) && takesLocks(known, call.name));
      const behind = first < 0 ? [] : all.slice(first).filter((call) => isPointer(call, each));
      return behind
        .filter((call) => words.wordOf(call, each) === undefined)
        .map((call) => described(each, call));
    },
  };
}

const isPointer = ({ callee, name }: CallText, { parameters }: UnitFunction): boolean =>
  callee !== name || parameters.includes(name);

type Calls = (each: UnitFunction) => readonly CallText[];

function callsOfFunctions({ text }: Unit): Calls {
  const known = new Map<UnitFunction, readonly CallText[]>();
  return (each) => {
    const calls = known.get(each) ?? callsFrom(text, each);
    known.set(each, calls);
    return calls;
  };
}

const callsFrom = (text: string, { bodyStart, bodyEnd }: UnitFunction): readonly CallText[] =>
  callsIn(text.slice(bodyStart, bodyEnd)).map((call) => ({ ...call, at: bodyStart + call.at }));

interface UnknownCall {
  readonly call: CallText;
  /** Absent for a macro or a guard, which may do both. */
  readonly word?: LockWord;
}

interface LockWords {
  /** What a call may do to a lock while nothing is known of it; undefined for one that is known or harmless. */
  wordOf(call: CallText, each: UnitFunction): UnknownCall | undefined;
  unknownIn(each: UnitFunction): readonly UnknownCall[];
}

function lockWords(unit: Unit, known: Knowledge, calls: Calls): LockWords {
  const own = definitionsOf(unit);
  const macros = lockingMacros(unit, known);
  /** Functions that only take or only release, by calls with unknown effects, or by more than their summaries say. */
  const opaque = new Map<string, LockWord>();

  const isKnownGuard = guardFilter(unit, (name) => known.matters(name) || own.has(name));
  const wordOf: LockWords["wordOf"] = (call, each) => {
    if (isGuard(call)) return isKnownGuard(call) ? undefined : { call };
    const { name } = call;
    if (isPointer(call, each)) return named(call, lockWordOf(name));
    if (macros.has(name)) return { call };
    if (own.has(name) && locks(each) && known.find(name, [])?.source === NOT_SUMMARISED) return { call };
    if (own.has(name))
      return named(call, opaque.get(`${name} ${lockWordOf(name) !== undefined || locks(each)}`));
    return known.matters(name) ? undefined : named(call, lockWordOf(name));
  };
  const unknownIn: LockWords["unknownIn"] = (each) => {
    const paired = pairsIn(calls(each), ({ name }) => !takesLocks(known, name) && !own.has(name));
    return calls(each).flatMap((call) => wordOf(call, each) ?? paired.get(call) ?? []);
  };
  const locks = (each: UnitFunction) =>
    calls(each).some(({ name }) => !own.has(name) && takesLocks(known, name));
  const sideOf = (each: UnitFunction, isSummaryAsked: boolean): LockWord | undefined => {
    const unknown = unknownIn(each).flatMap(({ word }) => word ?? []);
    // Where calls inside do both, its own name tells which is left when it returns.
    const own = unknown.length > 0 ? lockWordOf(each.name) : undefined;
    const side = onlyOne(unknown) ?? own;
    if (side || !isSummaryAsked || isDefinite(known, each.name)) return side;
    return onlyOne([...unknown, ...calls(each).flatMap((call) => knownWords(known, call.name))]);
  };
  // Callee first, and not by recursion: calls may go as deep as there are functions.
  for (const each of calleeFirst(unit, () => true).functions) {
    for (const isSummaryAsked of [false, true]) {
      const side = sideOf(each, isSummaryAsked);
      if (side) opaque.set(`${each.name} ${isSummaryAsked}`, side);
    }
  }
  return { wordOf, unknownIn };
}

const named = (call: CallText, word: LockWord | undefined): UnknownCall | undefined => word && { call, word };

function definitionsOf({ functions }: Unit): ReadonlyMap<string, readonly UnitFunction[]> {
  const definitions = new Map<string, UnitFunction[]>();
  for (const each of functions) definitions.set(each.name, [...(definitions.get(each.name) ?? []), each]);
  return definitions;
}

/** A type, a name and parameters before a block: what the macro stands for is a function. */
const FUNCTION = /(?:^|[;}\s])(?!else\b|return\b)[A-Za-z_]\w*[\s*]+(?:\w|##)+\s*\([^{};]*\)\s*\{/;

/** Macros that make functions which take locks: `file:line: what was not read`. */
export function functionMacroBounds(
  file: string,
  { text, lines }: Unit,
  known: Knowledge,
): readonly string[] {
  const locking = lockingMacros({ text }, known);
  return macrosIn(text).flatMap(({ name, body, at }) =>
    locking.has(name) && FUNCTION.test(body.replace(/\\\r?\n/g, " "))
      ? [`${file}:${lines.lineAt(at)}: macro ${name} makes a function that takes locks: it was not read`]
      : [],
  );
}

/** Macros of the source whose text takes or releases a lock, or may. */
function lockingMacros({ text }: Pick<Unit, "text">, known: Knowledge): ReadonlySet<string> {
  const isLock = (name: string) => takesLocks(known, name) || lockWordOf(name) !== undefined;
  const locking = macrosIn(text).filter(({ body }) =>
    (body.match(/[A-Za-z_]\w*/g) ?? []).some(isCallee(body, isLock)),
  );
  return new Set(locking.filter(({ name }) => !known.matters(name)).map(({ name }) => name));
}

/** An identifier that the text calls, or that is all of the text. */
const isCallee =
  (body: string, isLock: (name: string) => boolean) =>
  (name: string): boolean =>
    isLock(name) && (body.trim() === name || new RegExp(`\\b${name}\\s*\\(`).test(body));

const onlyOne = (words: readonly LockWord[]): LockWord | undefined =>
  new Set(words).size === 1 ? words[0] : undefined;

const ACQUIRES: ReadonlySet<string> = new Set(["acquire", "enter", "map"]);
const RELEASES: ReadonlySet<string> = new Set(["release", "leave", "unmap"]);

function knownWords(known: Knowledge, name: string): readonly LockWord[] {
  const kinds = (known.find(name, [])?.outcomes ?? []).flatMap(({ does }) =>
    does.map(({ operation }) => operation.kind),
  );
  return [
    ...(kinds.some((kind) => ACQUIRES.has(kind)) ? (["acquires"] as const) : []),
    ...(kinds.some((kind) => RELEASES.has(kind)) ? (["releases"] as const) : []),
  ];
}

/** Its summary says what it does to each lock. */
function isDefinite(known: Knowledge, name: string): boolean {
  const outcomes = known.find(name, [])?.outcomes ?? [];
  const isKnown = outcomes.every(
    ({ taints, forgets }) => taints === undefined && (forgets?.length ?? 0) === 0,
  );
  return isKnown && outcomes.some(({ does }) => does.length > 0);
}

/** Calls of both halves of a pair with the same first argument; an end whose result is used ends nothing. */
function pairsIn(
  calls: readonly CallText[],
  isUnknown: (call: CallText) => boolean,
): ReadonlyMap<CallText, UnknownCall> {
  const groups = new Map<string, UnknownCall[]>();
  for (const call of calls) {
    const half = isUnknown(call) ? pairedName(call.callee) : undefined;
    if (!half || (half.half === "releases" && !call.discarded)) continue;
    const key = `${half.stem} ${firstArgument(call)}`;
    groups.set(key, [...(groups.get(key) ?? []), { call, word: half.half }]);
  }
  const pairs = [...groups.values()].filter((each) => new Set(each.map(({ word }) => word)).size === 2);
  return new Map(pairs.flat().map((each) => [each.call, each]));
}
