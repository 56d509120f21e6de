import { not } from "../model/ir/expression.ts";
import { demand, isAccess } from "./demand.ts";
import type { Property } from "./property.ts";

/** In C a lock that the function never touched may be its caller's: only a known release violates. */
export const ptlHeld: Property = {
  name: "ptl-held",
  summary: "ptes are read and written only while their page-table lock is held",
  kernel: "include/linux/pgtable.h: clear_young_dirty_ptes",
  watch: ({ notHeld }) => ({
    on: (event) =>
      isAccess(event)
        ? demand(not(notHeld("ptl")), "a pte is touched without its page-table lock")
        : undefined,
  }),
};
