import { not } from "../model/ir/expression.ts";
import { demand, isAccess } from "./demand.ts";
import type { Property } from "./property.ts";

/** The fact that tlb-flushed-after-relock is an obligation for. */
export const noStaleTranslation: Property = {
  name: "no-stale-translation",
  summary: "no processor can still use a translation whose pte is read as non-present under its lock",
  kernel: "mm/rmap.c: flush_tlb_batched_pending",
  watch: ({ staleTranslation }) => ({
    on: (event) => {
      if (!staleTranslation || !isAccess(event) || event.mode !== "non-present") return undefined;
      const none = not(staleTranslation(event.instance));
      return demand(none, "a pte is read as non-present while a stale translation of it is in use");
    },
  }),
};
