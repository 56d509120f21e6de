import type { Domain } from "../../../model/ir/domain.ts";
import type { Variable } from "../../../model/ir/model.ts";
import { bool, idOf, oneOf, owner, range } from "../../../model/ir/place.ts";
import type { Draw } from "./draw.ts";

export const ITEM = idOf("item");
export const PHASE = oneOf("idle", "busy", "done");

/** The variables that random models are made of: every domain, shared and not, arrays and not. */
export function randomVariables(draw: Draw): readonly Variable[] {
  const initial = (few: readonly number[]) => (draw.chance(8) ? few : few.slice(0, 1));
  const shared = (name: string, domain: Domain, values: readonly number[], index?: Domain): Variable => ({
    name,
    domain,
    scope: "shared",
    initial: initial(values),
    ...(index && { index }),
  });
  const own = (name: string, domain: Domain, values: readonly number[], index?: Domain): Variable => ({
    ...shared(name, domain, values, index),
    scope: "task",
  });
  const end = draw.chance(85) ? ("end-path" as const) : ("error" as const);
  return [
    shared("lock", owner, [0]),
    shared("itemLock", owner, [0], ITEM),
    shared("flag", bool, [0, 1]),
    shared("phase", PHASE, [0, 2]),
    shared("last", ITEM, [0, 1]),
    shared("level", { ...range(-1, 2), beyond: end }, [0, 1]),
    shared("uses", { ...range(0, 3), beyond: end }, [0], ITEM),
    shared("total", range(0, 12), [0]),
    own("item", ITEM, [0]),
    own("peer", owner, [0]),
    own("mine", bool, [0]),
    own("mode", PHASE, [0, 1]),
    own("depth", { ...range(-1, 2), beyond: "end-path" }, [0]),
    own("slots", range(0, 1), [0], range(-1, 0)),
  ];
}
