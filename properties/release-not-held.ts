import { FALSE, not } from "../model/ir/expression.ts";
import { isCounted } from "../model/kernel/counted.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** The task tried to take the lock, was refused, and releases it all the same; a second release is double-unlock's. */
export const releaseNotHeld: Property = {
  name: "release-not-held",
  summary: "a lock that could not be taken is not released",
  kernel: "kernel/locking/lockdep.c: print_unlock_imbalance_bug",
  watch: ({ refused }) => ({
    on: ({ kind, object, instance }) =>
      kind === "release" && !isCounted(object)
        ? demand(not(refused?.(object, instance) ?? FALSE), "a lock is released that could not be taken")
        : undefined,
  }),
};
