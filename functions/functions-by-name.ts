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

/** The functions of these names, and all that they come to call in their file. */
export function reachedFrom(names: readonly string[], unit: Unit): readonly UnitFunction[] {
  const byName = functionsByName(unit);
  const reached = new Set(names.flatMap((name) => byName.get(name) ?? []));
  for (const { calls } of reached)
    for (const each of calls) for (const called of byName.get(each) ?? []) reached.add(called);
  return [...reached];
}
