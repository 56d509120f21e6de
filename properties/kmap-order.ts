import { and, not } from "../model/ir/expression.ts";
import { orderOf } from "./last-in-first-out.ts";
import type { Property } from "./property.ts";

/** Only between two live mappings of highmem pages; a page table's mapping has no order. */
export const kmapOrder: Property = {
  name: "kmap-order",
  summary: "pages mapped by kmap_local are unmapped in the reverse order",
  kernel: "mm/highmem.c: kunmap_local_indexed",
  watch(observe) {
    const order = orderOf("kmap", "kmap-order", observe);
    if (!order) return {};
    return {
      observers: order.observers,
      on: ({ kind, object, instance }) => {
        if (object !== "kmap" || !instance) return undefined;
        if (kind === "map") return { remember: [order.began(instance)] };
        if (kind !== "unmap") return undefined;
        const isOlder = and(
          observe.held("kmap", instance),
          order.isKnown(instance),
          order.hasNewer(instance),
        );
        const message = "a page is unmapped before one that was mapped after it";
        return { require: [{ condition: not(isOlder), message }], remember: [order.ended(instance)] };
      },
    };
  },
};
