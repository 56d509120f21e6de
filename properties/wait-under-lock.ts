import { not } from "../model/ir/expression.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** Who waits for all readers, itself among them, waits for ever. */
export const waitUnderLock: Property = {
  name: "wait-under-lock",
  summary: "nobody waits for the end of a section of its own",
  kernel: "kernel/rcu/srcutree.c: __synchronize_srcu",
  watch: ({ held }) => ({
    on: ({ kind, object, instance }) =>
      kind === "wait"
        ? demand(not(held(object, instance)), "waits for the end of a section that it is in itself")
        : undefined,
  }),
};
