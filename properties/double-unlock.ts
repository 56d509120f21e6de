import { not } from "../model/ir/expression.ts";
import { isCounted } from "../model/kernel/counted.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** Folio locks have a property of their own. */
export const doubleUnlock: Property = {
  name: "double-unlock",
  summary: "a lock is not released by who has released it already",
  kernel: "kernel/locking/lockdep.c: print_unlock_imbalance_bug",
  watch: ({ notHeld }) => ({
    on: ({ kind, object, instance }) =>
      kind === "release" && object !== "folio-lock" && !isCounted(object)
        ? demand(not(notHeld(object, instance)), "a lock is released that was released before")
        : undefined,
  }),
};
