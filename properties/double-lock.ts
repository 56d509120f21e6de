import { not } from "../model/ir/expression.ts";
import { isCounted } from "../model/kernel/counted.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/**
 * Readers may nest where the lock allows it: a second acquisition is sure to deadlock where one of the two is
 * exclusive, or where readers wait behind a writer that came between them.
 */
export const doubleLock: Property = {
  name: "double-lock",
  summary: "a lock is not taken by who holds it already",
  kernel: "kernel/locking/lockdep.c: print_deadlock_bug",
  watch: ({ held, heldAs }) => ({
    on: ({ kind, object, mode, instance }) => {
      if (kind === "queue" && heldAs) {
        const message = "a lock is taken for reading that is read already";
        return demand(not(heldAs(object, "shared", instance)), message);
      }
      if ((kind !== "acquire" && kind !== "acquire-release") || isCounted(object)) return undefined;
      const message = "a lock is taken that is held already";
      if (mode === "exclusive") return demand(not(held(object, instance)), message);
      return heldAs && mode === "shared"
        ? demand(not(heldAs(object, "exclusive", instance)), message)
        : undefined;
    },
  }),
};
