import type { Unit, UnitFunction } from "../model/c/source/index.ts";

/** The functions of a source by their names: arms of an `#if` may define one anew. */
export type FunctionsByName = ReadonlyMap<string, readonly UnitFunction[]>;

export function functionsByName({ functions }: Pick<Unit, "functions">): FunctionsByName {
  const named = new Map<string, UnitFunction[]>();
  for (const each of functions) add(named, each.name, each);
  return named;
}

const MEMBER = /\.\s*(\w+)\s*=\s*&?\s*([A-Za-z_]\w*)(?=\s*[,}])/g;

/** By the name of a member the functions that the source initialises it with, as in `.lock = box_lock`. */
export function membersOf(
  { text }: Pick<Unit, "text">,
  own: FunctionsByName,
): ReadonlyMap<string, readonly string[]> {
  const members = new Map<string, string[]>();
  for (const [, member = "", name = ""] of text.matchAll(MEMBER))
    if (own.has(name)) add(members, member, name);
  return members;
}

function add<Of>(map: Map<string, Of[]>, key: string, each: Of): void {
  const known = map.get(key);
  if (known) known.push(each);
  else map.set(key, [each]);
}
