import { not } from "../model/ir/expression.ts";
import { demand, isAccess } from "./demand.ts";
import type { Property } from "./property.ts";

/** A pte pointer is dead once its table is unmapped: kunmap_local, and the end of the RCU section that kept it. */
export const pteMapped: Property = {
  name: "pte-mapped",
  summary: "ptes are touched only through a live mapping of their page table",
  kernel: "include/linux/pgtable.h: pte_unmap",
  watch: ({ notMapped }) => ({
    on: (event) =>
      isAccess(event) ? demand(not(notMapped()), "a pte is touched after pte_unmap") : undefined,
  }),
};
