import { constant, equal, less } from "../model/ir/expression.ts";
import { demand, eachInstance, isReturn } from "./demand.ts";
import type { Property } from "./property.ts";

/** The reference that isolation takes belongs to the list it goes on: isolated-folios-reclaimed judges it. */
export const folioRefsBalanced: Property = {
  name: "folio-refs-balanced",
  summary: "references taken on a folio are dropped before the function returns, and no others",
  kernel: "include/linux/mm.h: folio_put",
  watch: (observe) => ({
    on: (event) => {
      if (event.kind === "put" && event.object === "folio") {
        return demand(
          less(constant(0), observe.references("folio", event.instance)),
          "a reference is dropped that was not taken here",
        );
      }
      if (!isReturn(event)) return undefined;
      const none = eachInstance(observe, "folio", (folio) =>
        equal(observe.references("folio", folio), constant(0)),
      );
      return demand(none, "the function returns with a reference to a folio");
    },
  }),
};
