import { not, or } from "../model/ir/expression.ts";
import { bool, local } from "../model/ir/place.ts";
import { demand, isReturn } from "./demand.ts";
import type { Property } from "./property.ts";

/** An isolated folio is on no LRU list: it goes on the function's own list, unless it is put back at once. */
export const isolatedFoliosReclaimed: Property = {
  name: "isolated-folios-reclaimed",
  summary: "folios isolated for pageout are reclaimed before the function returns",
  kernel: "mm/vmscan.c: reclaim_pages",
  watch() {
    const listed = local("isolated-folios-reclaimed.listed", bool);
    const latest = local("isolated-folios-reclaimed.latest", bool);
    return {
      observers: [listed.variable, latest.variable],
      on: (event) => {
        if (isReturn(event)) {
          return demand(
            not(or(listed.value, latest.value)),
            "isolated folios are neither reclaimed nor put back",
          );
        }
        if (event.object !== "folio") return undefined;
        switch (event.kind) {
          case "isolate":
            return { remember: [listed.set(or(listed.value, latest.value)), latest.set(true)] };
          case "put-back":
            return { remember: [latest.set(false)] };
          case "reclaim":
            return { remember: [listed.set(false), latest.set(false)] };
          default:
            return undefined;
        }
      },
    };
  },
};
