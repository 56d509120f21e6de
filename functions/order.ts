import type { Unit, UnitFunction } from "../model/c/source/index.ts";

/** A unit's functions that matter, each behind the functions of the unit that it calls. */
export interface Order {
  readonly functions: readonly UnitFunction[];
  /** Functions that call each other in a circle: they are called before they are known. */
  readonly circular: ReadonlySet<string>;
}

/**
 * Orders the functions that take locks, or that call one which does, callee first. `wanted` limits it to
 * those and their callees. Each definition counts, where the arms of an #if define a function anew.
 */
export function calleeFirst(
  unit: Unit,
  takesLocks: (name: string) => boolean,
  wanted?: readonly string[],
): Order {
  const relevant = relevantNames(unit, takesLocks);
  const definitions = definitionsOf(unit, relevant);
  const ordered: UnitFunction[] = [];
  const circular = new Set<string>();
  const state = new Map<UnitFunction, "open" | "done">();
  for (const root of unit.functions) {
    if (!relevant.has(root.name) || wanted?.includes(root.name) === false) continue;
    // Without recursion: calls may go as deep as there are functions.
    const todo = [root];
    for (let each = todo.at(-1); each; each = todo.at(-1)) {
      if (state.has(each)) {
        todo.pop();
        if (state.get(each) === "open") ordered.push(each);
        state.set(each, "done");
        continue;
      }
      state.set(each, "open");
      const callees = [...each.calls].flatMap((name) => definitions.get(name) ?? []);
      for (const callee of callees.reverse()) {
        if (state.get(callee) === "open") circular.add(callee.name);
        else if (!state.has(callee)) todo.push(callee);
      }
    }
  }
  return { functions: ordered, circular };
}

function definitionsOf(
  { functions }: Unit,
  relevant: ReadonlySet<string>,
): ReadonlyMap<string, readonly UnitFunction[]> {
  const definitions = new Map<string, UnitFunction[]>();
  for (const each of functions) {
    if (!relevant.has(each.name)) continue;
    const known = definitions.get(each.name);
    if (known) known.push(each);
    else definitions.set(each.name, [each]);
  }
  return definitions;
}

/** Those that call what takes locks, and those that call them, however far away. */
function relevantNames({ functions }: Unit, takesLocks: (name: string) => boolean): ReadonlySet<string> {
  const callers = new Map<string, string[]>();
  const relevant = new Set<string>();
  for (const { name, calls } of functions) {
    for (const callee of calls) {
      if (takesLocks(callee)) relevant.add(name);
      const known = callers.get(callee);
      if (known) known.push(name);
      else callers.set(callee, [name]);
    }
  }
  for (const name of relevant) for (const caller of callers.get(name) ?? []) relevant.add(caller);
  return relevant;
}
