import type { Knowledge } from "../model/c/knowledge/effect.ts";
import type { Unit, UnitFunction } from "../model/c/source/unit.ts";

/** An unknown callee of such a name may well take or release a lock. */
const SOUNDS_LIKE_LOCKING = /(?:^|_)(?:un|try|re)?lock(?:_|$)(?!init)/;

/** What is taken for granted of the callees of functions: those that sound like locking, and are not known. */
export function assumedOf(
  functions: readonly UnitFunction[],
  unit: Unit,
  known: Knowledge,
): readonly string[] {
  const own = new Set(unit.functions.map(({ name }) => name));
  const names = new Set(functions.flatMap(({ calls }) => [...calls]));
  const unknown = [...names].filter(
    (name) => SOUNDS_LIKE_LOCKING.test(name) && !own.has(name) && !known.matters(name),
  );
  return unknown.sort().map((name) => `${name}() leaves locks alone`);
}
