import {
  type CallText,
  calledNames,
  callsIn,
  firstArgument,
  freesIn,
  guardsIn,
  type Unit,
} from "../model/c/source/index.ts";
import { type LockWord, lockWordOf } from "../model/kernel/lock-name.ts";
import { conditionalGuards, guards, releaseOfHad } from "../model/kernel/table/guard.ts";

/** include/linux/cleanup.h: their first argument names what they take. */
const GUARDS: ReadonlySet<string> = new Set(["guard", "scoped_guard"]);
/** They may fail: what they take, and how long, is not followed. */
const CONDITIONAL: ReadonlySet<string> = new Set([
  "scoped_cond_guard",
  "if_not_guard",
  "if_not_cond_guard",
  "ACQUIRE",
]);

/** It does where a variable's scope ends what DEFINE_FREE() says. */
const FREE = "__free";

export const isGuard = ({ name }: Pick<CallText, "name">): boolean =>
  GUARDS.has(name) || CONDITIONAL.has(name) || name === "CLASS" || name === FREE;

/** What DEFINE_CLASS() makes a class of (include/linux/cleanup.h), called by its own name. */
const OF_CLASS = /^class_(\w+)_(constructor|destructor)$/;

/**
 * What a call by such a name may do to a lock: undefined for others, and for a class which the source defines by
 * nothing of `isLock`.
 */
export function classWordOf(
  name: string,
  { text }: Pick<Unit, "text">,
  isLock: (name: string) => boolean,
): LockWord | undefined {
  const [, kind, end] = OF_CLASS.exec(name) ?? [];
  if (kind === undefined) return undefined;
  const definition = new RegExp(`\\bDEFINE_\\w+\\s*\\(\\s*${kind}\\s*,`).exec(text);
  const [call] = definition ? callsIn(text.slice(definition.index, definition.index + LONGEST)) : [];
  const isPlain = call && ![...calledNames(call.arguments)].some(isLock);
  return isPlain ? undefined : end === "constructor" ? "acquires" : "releases";
}

/** In characters: more of a class is not read. */
const LONGEST = 2_000;

/**
 * Tells the guards whose effect is known: those of the table, and those that the source defines by calls that are
 * known. Of CLASS(), which makes an object of a guard as well, and of __free(), those that leave locks alone.
 */
export function guardFilter(
  { text }: Pick<Unit, "text">,
  { isKnown, isLock }: { readonly [test in "isKnown" | "isLock"]: (name: string) => boolean },
): (call: CallText) => boolean {
  const own = guardsIn(text);
  const frees = freesIn(text);
  return (call) => {
    const kind = firstArgument(call);
    if (call.name === FREE) return ![...calledNames(frees.get(kind) ?? "")].some(isLock);
    const defined = own.get(kind);
    const isTried = call.name === "scoped_guard" && Object.hasOwn(conditionalGuards, kind);
    const isInTable = Object.hasOwn(guards, kind) || isTried || releaseOfHad(kind) !== undefined;
    if (call.name === "CLASS") return !isInTable && !defined && lockWordOf(kind) === undefined;
    if (CONDITIONAL.has(call.name)) return false;
    const calls = defined ? callsIn(`${defined.acquire};${defined.release}`) : [];
    return defined ? calls.length > 0 && calls.every(({ name }) => isKnown(name)) : isInTable;
  };
}
