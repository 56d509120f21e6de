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
  /** The body with its macros as what they stand for, by each of their definitions. */
  readonly bodies: readonly Expanded[];
}

/** The functions of that kind in the body of `each`, in the order of the text. */
export function handedLocks(
  { unit: { text }, bodies }: Handing,
  each: UnitFunction,
  words: LockWords,
): readonly HandedLock[] {
  const whole = text.slice(each.start, each.bodyEnd);
  const found = bodies.flatMap((body) => handedIn(body, each, { text, whole, words }));
  return [...new Map(found.map((one) => [`${one.at} ${one.name}`, one])).values()];
}

function handedIn(
  { text: body, originOf }: Expanded,
  each: UnitFunction,
  { text, whole, words }: { readonly text: string; readonly whole: string; readonly words: LockWords },
): readonly HandedLock[] {
  return [...body.matchAll(VALUE)].flatMap(({ 0: match, index, groups = {} }) => {
    const { name = "", address, before } = groups;
    if (each.parameters.includes(name) || COMPARED.test(body.slice(Math.max(0, index - 1), index + 1)))
      return [];
    const effect = words.effectOf(name) ?? unseenUnlock(name, { text, address, before });
    if (effect === undefined || isVariable(name, whole)) return [];
    const at = each.bodyStart + originOf(index + match.length - name.length);
    return [{ name, at, ...(effect !== "both" && { word: effect }) }];
  });
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
