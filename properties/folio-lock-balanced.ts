import { not } from "../model/ir/expression.ts";
import { demand, eachInstance, isReturn } from "./demand.ts";
import type { Property } from "./property.ts";

const LOCK = "folio-lock";

export const folioLockBalanced: Property = {
  name: "folio-lock-balanced",
  summary: "a folio is unlocked by who locked it, and before the function returns",
  kernel: "mm/filemap.c: folio_unlock",
  watch: (observe) => ({
    on: (event) => {
      if (event.kind === "release" && event.object === LOCK) {
        return demand(
          not(observe.notHeld(LOCK, event.instance)),
          "a folio is unlocked that is not locked here",
        );
      }
      if (!isReturn(event)) return undefined;
      const free = eachInstance(observe, LOCK, (folio) => not(observe.held(LOCK, folio)));
      return demand(free, "the function returns with a folio locked");
    },
  }),
};
