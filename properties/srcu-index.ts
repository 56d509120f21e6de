import { FALSE } from "../model/ir/expression.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** Readers are counted by index: leaving with another one ends a section that is not the task's. */
export const srcuIndex: Property = {
  name: "srcu-index",
  summary: "an SRCU section is left with the index that entering it gave",
  kernel: "include/linux/srcu.h: srcu_read_unlock",
  watch: () => ({
    on: ({ kind, object }) =>
      kind === "mistake" && object === "srcu-index"
        ? demand(FALSE, "an SRCU section is left with an index that entering it did not give")
        : undefined,
  }),
};
