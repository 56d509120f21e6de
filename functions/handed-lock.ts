import type { Expanded } from "../model/c/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { type LockWord, lockWordOf } from "../model/kernel/lock-name.ts";
import type { LockWords } from "./lock-word.ts";
import { isVariable } from "./variable.ts";

/** A function that changes locks, given to a call or kept in a variable: who calls it is not known. */
export interface HandedLock {
  readonly name: string;
  readonly at: number;
  /** Absent for one that may do both. */
  readonly word?: LockWord;
}

/** A whole argument, value or choice, and what stands around it: a parenthesis that closes is that of a cast. */
const VALUE =
  /(?<before>[(),=?:{]|\breturn\b)\s*(?<address>[&*]?)\s*(?<![\w.>])(?<name>[A-Za-z_]\w*)(?=\s*[,);:}])/g;

/** What is compared is not kept. */
const COMPARED = /^[=!<>]=$/;

interface Handing {
  readonly unit: Unit;
  /** Whether what a call of this name is given is a function of another file, by its looks. */
  readonly isUnseen: (name: string, callee: string) => boolean;
  /** The body with its macros as what they stand for, by each of their definitions. */
  readonly bodies: readonly Expanded[];
}

/** The functions of that kind in the body of `each`, in the order of the text. */
export function handedLocks(
  { unit: { text }, isUnseen, bodies }: Handing,
  each: UnitFunction,
  words: LockWords,
): readonly HandedLock[] {
  const whole = text.slice(each.start, each.bodyEnd);
  const found = bodies.flatMap((body) => handedIn(body, each, { text, whole, words, isUnseen }));
  return [...new Map(found.map((one) => [`${one.at} ${one.name}`, one])).values()];
}

interface Around extends Pick<Handing, "isUnseen"> {
  readonly text: string;
  readonly whole: string;
  readonly words: LockWords;
}

function handedIn(
  { text: body, originOf }: Expanded,
  each: UnitFunction,
  { text, whole, words, isUnseen }: Around,
): readonly HandedLock[] {
  return [...body.matchAll(VALUE)].flatMap(({ 0: match, index, groups = {} }) => {
    const { name = "", address, before } = groups;
    if (each.parameters.includes(name) || COMPARED.test(body.slice(Math.max(0, index - 1), index + 1)))
      return [];
    const isFunction =
      address === "" &&
      before !== undefined &&
      /[(,]/.test(before) &&
      isUnseen(name, calleeAround(body, index));
    const effect =
      words.effectOf(name) ??
      unseenUnlock(name, { text, address, before }) ??
      (isFunction ? lockWordOf(name) : undefined);
    if (effect === undefined || isVariable(name, whole)) return [];
    const at = each.bodyStart + originOf(index + match.length - name.length);
    return [{ name, at, ...(effect !== "both" && { word: effect }) }];
  });
}

/** In characters: arguments before one that are longer are not gone through. */
const LONGEST = 300;

/** The name of the call whose argument stands there. */
function calleeAround(body: string, at: number): string {
  let depth = 0;
  for (let place = at; place >= Math.max(0, at - LONGEST); place--) {
    if (body[place] === ")") depth++;
    if (body[place] !== "(") continue;
    if (depth === 0) return /(\w+)\s*$/.exec(body.slice(Math.max(0, place - LONGEST), place))?.[1] ?? "";
    depth--;
  }
  return "";
}

/** An argument that is named like a function that unlocks. A lock and what says which may be named `x_lock`. */
function unseenUnlock(
  name: string,
  { text, address, before }: { text: string; address: string | undefined; before: string | undefined },
): LockWord | undefined {
  const isGiven = before === "(" || before === "," || address === "&";
  if (!isGiven || !/(?:^|_)unlock(?:_|$)/.test(name) || isVariable(name, text)) return undefined;
  return lockWordOf(name);
}
