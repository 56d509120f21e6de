import type { Unit, UnitFunction } from "../../model/c/source/unit.ts";

/** A unit's functions that matter, each behind the functions of the unit that it calls. */
export interface Order {
  readonly functions: readonly UnitFunction[];
  /** Functions that call each other in a circle: they are called before they are known. */
  readonly circular: ReadonlySet<string>;
}

/**
 * Orders the functions that take locks, or that call one which does, callee first. `wanted` limits it to
 * those and their callees.
 */
export function calleeFirst(
  unit: Unit,
  takesLocks: (name: string) => boolean,
  wanted?: readonly string[],
): Order {
  const byName = new Map(unit.functions.map((each) => [each.name, each]));
  const relevant = relevantNames(unit, takesLocks);
  const ordered: UnitFunction[] = [];
  const circular = new Set<string>();
  const state = new Map<string, "open" | "done">();
  const visit = (each: UnitFunction): void => {
    state.set(each.name, "open");
    for (const name of each.calls) {
      const callee = byName.get(name);
      if (!callee || !relevant.has(name)) continue;
      if (state.get(name) === "open") circular.add(name);
      else if (!state.has(name)) visit(callee);
    }
    state.set(each.name, "done");
    ordered.push(each);
  };
  for (const each of unit.functions) {
    if (relevant.has(each.name) && !state.has(each.name) && (wanted?.includes(each.name) ?? true))
      visit(each);
  }
  return { functions: ordered, circular };
}

function relevantNames(unit: Unit, takesLocks: (name: string) => boolean): ReadonlySet<string> {
  const relevant = new Set(
    unit.functions.filter(({ calls }) => [...calls].some(takesLocks)).map(({ name }) => name),
  );
  for (let before = -1; before !== relevant.size; ) {
    before = relevant.size;
    for (const { name, calls } of unit.functions) {
      if (!relevant.has(name) && [...calls].some((each) => relevant.has(each))) relevant.add(name);
    }
  }
  return relevant;
}
