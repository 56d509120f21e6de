import { not } from "../model/ir/expression.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** Readers may nest where the lock allows it: only an exclusive second acquisition is sure to deadlock. */
export const doubleLock: Property = {
  name: "double-lock",
  summary: "a lock is not taken by who holds it already",
  kernel: "kernel/locking/lockdep.c: print_deadlock_bug",
  watch: ({ held }) => ({
    on: ({ kind, object, mode, instance }) =>
      kind === "acquire" && mode === "exclusive"
        ? demand(not(held(object, instance)), "a lock is taken that is held already")
        : undefined,
  }),
};
