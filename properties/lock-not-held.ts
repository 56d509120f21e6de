import { FALSE, not, or } from "../model/ir/expression.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** What the callee asserts, by __must_hold() or lockdep_assert_held(), its caller has released, or holds for reading alone. */
export const lockNotHeld: Property = {
  name: "lock-not-held",
  summary: "a function that asserts a lock is not called after its release",
  kernel: "include/linux/lockdep.h: lockdep_assert_held",
  watch: ({ notHeld, heldAs }) => ({
    on: ({ kind, object, mode, instance }) => {
      if (kind !== "require") return undefined;
      const asReader = mode === "exclusive" ? (heldAs?.(object, "shared", instance) ?? FALSE) : FALSE;
      return demand(
        not(or(notHeld(object, instance), asReader)),
        "a function is called that asserts a lock which is not held",
      );
    },
  }),
};
