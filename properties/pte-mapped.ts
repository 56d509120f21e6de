import { FALSE, not } from "../model/ir/expression.ts";
import type { Observations } from "../model/kernel/observation.ts";
import { demand, isAccess } from "./demand.ts";
import type { Property, Reaction } from "./property.ts";

/** A pte pointer is dead once its table is unmapped: kunmap_local, and the end of the RCU section that kept it. */
export const pteMapped: Property = {
  name: "pte-mapped",
  summary: "ptes are touched only through a live mapping of their page table",
  kernel: "include/linux/pgtable.h: pte_unmap",
  watch: (observe) => ({
    on: (event) => {
      if (isAccess(event)) return accessed(observe);
      if (event.kind !== "unmap" || event.object !== "pte-table") return undefined;
      const elsewhere = observe.mappedElsewhere?.() ?? FALSE;
      return demand(not(elsewhere), "a page table is unmapped by a pointer that does not lie in it");
    },
  }),
};

function accessed({ notMapped, refused }: Observations): Reaction {
  const neverMapped = refused?.("pte-table") ?? FALSE;
  return {
    require: [
      { condition: not(notMapped()), message: "a pte is touched after pte_unmap" },
      { condition: not(neverMapped), message: "a pte is touched though its page table is gone" },
    ],
  };
}
