import { conditionalGuards, HAD } from "../../kernel/table/guard.ts";
import { closingParenthesis } from "./normalise.ts";
import { ofRecent } from "./recent.ts";
import { splitTop } from "./split-top.ts";

/** A class of guards that a text defines: DEFINE_GUARD() or DEFINE_LOCK_GUARD_0() and _1() (include/linux/cleanup.h). */
export interface GuardText {
  readonly name: string;
  /** The expressions that take and release what it guards. */
  readonly acquire: string;
  readonly release: string;
  /** How these name the guard's argument; absent where it has none. */
  readonly argument?: "_T" | "_T->lock";
}

const DEFINITION = /\bDEFINE_(GUARD|LOCK_GUARD_[01])\s*\(/g;

/** The guards that a text without comments defines, by name; those alone that are two expressions. */
export const guardsIn = ofRecent(8, (text: string): ReadonlyMap<string, GuardText> => {
  const guards = [...text.matchAll(DEFINITION)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = closingParenthesis(text, open);
    return close < 0 ? [] : definition(match[1] ?? "", splitTop(text.slice(open, close)));
  });
  return new Map(guards.map((each) => [each.name, each]));
});

function definition(kind: string, parts: readonly string[]): readonly GuardText[] {
  const [name = "", ...rest] = parts.map((part) => part.trim());
  const [acquire = "", release = ""] = kind === "LOCK_GUARD_0" ? rest : rest.slice(1);
  if (![acquire, release].every((each) => EXPRESSION.test(each))) return [];
  const argument = kind === "GUARD" ? "_T" : kind === "LOCK_GUARD_1" ? "_T->lock" : undefined;
  return [{ name, acquire, release, ...(argument && { argument }) }];
}

/** What DEFINE_FREE() of a text without comments does where the scope of a variable with that `__free()` ends, by name. */
export const freesIn = ofRecent(8, (text: string): ReadonlyMap<string, string> => {
  const frees = [...text.matchAll(/\bDEFINE_FREE\s*\(/g)].flatMap((match) => {
    const open = match.index + match[0].length;
    const close = closingParenthesis(text, open);
    const [name = "", , ...action] = close < 0 ? [] : splitTop(text.slice(open, close));
    return name ? [[name.trim(), action.join(",")] as const] : [];
  });
  return new Map(frees);
});

const EXPRESSION = /^(?!if\b|do\b|while\b)[^;{}]+$/;

const USE = /\bscoped_cond_guard\s*\(\s*(\w+)/g;
const NOT_HAD = "__not_had_";

/**
 * Definitions by which scoped_cond_guard() reads as what it does: `if (mutex_lock_interruptible(&m)) { return -EINTR; }
 * else scoped_guard(...)` (include/linux/cleanup.h). None for a source that uses other classes than those of the table.
 */
export function conditionalGuardMacros(text: string): string {
  const kinds = [...new Set(Array.from(text.matchAll(USE), ([, kind = ""]) => kind))];
  const known = kinds.filter((kind) => Object.hasOwn(conditionalGuards, kind));
  if (known.length === 0 || known.length < kinds.length) return "";
  const tests = known.map(
    (kind) => `#define ${NOT_HAD}${kind}(args...) ${conditionalGuards[kind]?.fails ?? ""}(args)\n`,
  );
  const whole = `#define scoped_cond_guard(kind, fail, args...) if (${NOT_HAD}##kind(args)) { fail; } else scoped_guard(${HAD}##kind, args)\n`;
  return tests.join("") + whole;
}
