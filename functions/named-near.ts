import type { CallEffect, Knowledge } from "../model/c/knowledge/index.ts";
import type { NearFile } from "../tree/near-files.ts";
import type { Nearby } from "../tree/nearby.ts";

/** The files that define a function, by the nearest group that has it. */
export function definersNear(name: string, source: NearFile, { groups }: Nearby): readonly NearFile[] {
  for (const group of groups) {
    const definers = group.definersOf(name).filter(({ path }) => path !== source.path);
    if (definers.length > 0) return definers;
  }
  return [];
}

/** Nothing tells what it does to locks: the list of sleeping calls says no more than that it sleeps. */
export function isOpen(name: string, known: Knowledge): boolean {
  if (known.matters(name) || known.flagsArgument?.(name) !== undefined) return false;
  const outcomes = known.find(name, [])?.outcomes ?? [];
  return outcomes.every(({ does }) => does.every(({ listed }) => listed !== undefined));
}

/** Two files may each have a lock of their own by one name: of such a one, nothing is known in the other. */
export function isNamedHere({ outcomes }: CallEffect, definer: NearFile, source: NearFile): boolean {
  if (/\.h$/.test(definer.path)) return true;
  const globals = outcomes.flatMap(({ does, forgets = [], mayPass = [] }) =>
    [...does, ...forgets, ...mayPass].flatMap(({ operation, path }) =>
      path !== undefined && !("operand" in operation && operation.operand !== undefined)
        ? [path.match(/^\w+/)?.[0] ?? ""]
        : [],
    ),
  );
  return globals.every((name) => {
    const own = new RegExp(`\\bstatic\\b[^;{}]*\\b${name}\\b`);
    return name === "" || !own.test(definer.text) || !new RegExp(`\\b${name}\\b`).test(source.text);
  });
}
