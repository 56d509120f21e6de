import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";

/** The functions of a source by their names: arms of an `#if` may define one anew. */
export type FunctionsByName = ReadonlyMap<string, readonly UnitFunction[]>;

export function functionsByName({ functions }: Pick<Unit, "functions">): FunctionsByName {
  const named = new Map<string, UnitFunction[]>();
  for (const each of functions) add(named, each.name, each);
  return named;
}
