import { constant, less, not } from "../model/ir/expression.ts";
import { bool, local } from "../model/ir/place.ts";
import { batchOf, pteCount } from "./batch.ts";
import { demand, isReturn } from "./demand.ts";
import type { Property } from "./property.ts";

/** One folio that does not split is no reason to leave those behind it alone, unless their table is gone. */
export const failedSplitContinues: Property = {
  name: "failed-split-continues",
  summary: "after a failed split the ptes behind it are still visited, unless the page table is gone",
  kernel: "mm/madvise.c: madvise_cold_or_pageout_pte_range",
  watch(observe) {
    const count = pteCount(observe);
    if (count === undefined) return {};
    const owed = local("failed-split-continues.owed", bool);
    return {
      observers: [owed.variable],
      on: (event) => {
        if (isReturn(event)) return demand(not(owed.value), "ptes behind a failed split are not visited");
        if (event.kind === "table-gone") return { remember: [owed.set(false)] };
        const batch = batchOf(event);
        if (event.object !== "pte" || !batch) return undefined;
        const ptesBehind = less(batch.end, constant(count));
        if (event.kind === "split" && event.mode === "failed") return { remember: [owed.set(ptesBehind)] };
        return event.kind === "access" ? { remember: [owed.setIf(not(ptesBehind), false)] } : undefined;
      },
    };
  },
};
