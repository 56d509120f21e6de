import { constant, less } from "../model/ir/expression.ts";
import { batchOf, isInside, pteCount } from "./batch.ts";
import { isAccess } from "./demand.ts";
import type { Property } from "./property.ts";

/** That the lock is held is part of the contract too: ptl-held judges it. */
export const pteBatchContract: Property = {
  name: "pte-batch-contract",
  summary: "a batch has at least one pte, ends with the range, and maps consecutive pages of one folio",
  kernel: "mm/internal.h: folio_pte_batch",
  watch: (observe) => ({
    on: (event) => {
      const batch = batchOf(event);
      const count = pteCount(observe);
      if (!isAccess(event) || event.mode !== "batch" || !batch || count === undefined) return undefined;
      const together = observe.sameFolio?.(batch.first, batch.extent);
      return {
        require: [
          { condition: less(constant(0), batch.extent), message: "a batch of no ptes" },
          { condition: isInside(batch, count), message: "a batch that ends behind the range" },
          ...(together ? [{ condition: together, message: "a batch of more than one folio" }] : []),
        ],
      };
    },
  }),
};
