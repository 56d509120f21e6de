import { not } from "../model/ir/expression.ts";
import { local, oneOf } from "../model/ir/place.ts";
import { demand, isAccess } from "./demand.ts";
import type { Property } from "./property.ts";

/**
 * While the page-table lock is dropped, reclaim may unmap pages and leave their TLB entries to a batched
 * flush. A function that flushes at one acquisition knows this of its ptes; so it owes the flush at the next.
 */
export const tlbFlushedAfterRelock: Property = {
  name: "tlb-flushed-after-relock",
  summary: "a batched TLB flush is awaited after each relock, before ptes are trusted again",
  kernel: "mm/rmap.c: flush_tlb_batched_pending",
  watch() {
    const ptes = local("tlb-flushed-after-relock.ptes", oneOf("never flushed", "trusted", "in doubt"));
    return {
      observers: [ptes.variable],
      on: (event) => {
        const { kind, object } = event;
        if (kind === "flush" && object === "tlb") return { remember: [ptes.set("trusted")] };
        if (kind === "hidden") return { remember: [ptes.setIf(ptes.is("in doubt"), "trusted")] };
        if (kind === "acquire" && object === "ptl") {
          return { remember: [ptes.setIf(ptes.is("trusted"), "in doubt")] };
        }
        return isAccess(event)
          ? demand(not(ptes.is("in doubt")), "a pte is trusted after a relock without a TLB flush")
          : undefined;
      },
    };
  },
};
