import { type CallText, callsIn, firstArgument, guardsIn, type Unit } from "../model/c/source/index.ts";
import { lockWordOf } from "../model/kernel/lock-name.ts";
import { guards } from "../model/kernel/table/guard.ts";

/** include/linux/cleanup.h: their first argument names what they take. */
const GUARDS: ReadonlySet<string> = new Set(["guard", "scoped_guard"]);
/** They may fail: what they take, and how long, is not followed. */
const CONDITIONAL: ReadonlySet<string> = new Set([
  "scoped_cond_guard",
  "if_not_guard",
  "if_not_cond_guard",
  "ACQUIRE",
]);

export const isGuard = ({ name }: Pick<CallText, "name">): boolean =>
  GUARDS.has(name) || CONDITIONAL.has(name) || name === "CLASS";

/**
 * Tells the guards whose effect is known: those of the table, and those that the source defines by calls that are
 * known. Of CLASS(), which makes an object of a guard as well, those that are no guards.
 */
export function guardFilter(
  { text }: Pick<Unit, "text">,
  isKnown: (name: string) => boolean,
): (call: CallText) => boolean {
  const own = guardsIn(text);
  return (call) => {
    const kind = firstArgument(call);
    const defined = own.get(kind);
    const isInTable = Object.hasOwn(guards, kind);
    if (call.name === "CLASS") return !isInTable && !defined && lockWordOf(kind) === undefined;
    if (CONDITIONAL.has(call.name)) return false;
    const calls = defined ? callsIn(`${defined.acquire};${defined.release}`) : [];
    return defined ? calls.length > 0 && calls.every(({ name }) => isKnown(name)) : isInTable;
  };
}
