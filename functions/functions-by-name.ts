import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";

/** The functions of a source by their names: arms of an `#if` may define one anew. */
export type FunctionsByName = ReadonlyMap<string, readonly UnitFunction[]>;

export function functionsByName({ functions }: Pick<Unit, "functions">): FunctionsByName {
  const named = new Map<string, UnitFunction[]>();
  for (const each of functions) add(named, each.name, each);
  return named;
}

const callers = new WeakMap<object, FunctionsByName>();

/** The functions of a source that call each name, counted once for a source. */
export function callersIn({ functions }: Pick<Unit, "functions">): FunctionsByName {
  const known = callers.get(functions);
  if (known) return known;
  const made = new Map<string, UnitFunction[]>();
  for (const each of functions) for (const callee of each.calls) add(made, callee, each);
  callers.set(functions, made);
  return made;
}
