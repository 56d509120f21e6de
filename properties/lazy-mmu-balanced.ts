import { and, constant, equal, not, or } from "../model/ir/expression.ts";
import { demand, isReturn, isSleep } from "./demand.ts";
import type { Property } from "./property.ts";

const RETURNS = "the function returns in lazy MMU mode";

/**
 * It needs no lock and has no order against the page-table lock. It nests where the call that enters it counts,
 * as kernels newer than 6.12 do. Who leaves it and enters it again returns as it came.
 */
export const lazyMmuBalanced: Property = {
  name: "lazy-mmu-balanced",
  summary: "lazy MMU mode is not entered twice, not left when off, and off when sleeping or returning",
  kernel: "include/linux/pgtable.h: arch_enter_lazy_mmu_mode",
  watch: ({ depth, held, notHeld }) => ({
    on: (event) => {
      if (event.object === "lazy-mmu" && event.kind === "enter") {
        if (event.mode === "nesting") return undefined;
        return demand(not(held("lazy-mmu")), "lazy MMU mode is entered while it is on");
      }
      if (event.object === "lazy-mmu" && event.kind === "leave") {
        return demand(not(notHeld("lazy-mmu")), "lazy MMU mode is left while it is off");
      }
      if (isSleep(event)) {
        const isOn = and(held("lazy-mmu"), not(held("lazy-mmu-pause")));
        return demand(not(isOn), "the task may sleep in lazy MMU mode");
      }
      return isReturn(event)
        ? demand(or(not(held("lazy-mmu")), equal(depth("lazy-mmu"), constant(0))), RETURNS)
        : undefined;
    },
  }),
};
