import { constant, equal, not } from "../model/ir/expression.ts";
import type { Context } from "../model/kernel/operation.ts";
import { demand, isReturn } from "./demand.ts";
import type { Property } from "./property.ts";

/** A context that nests is left as often as it was entered, never more. */
export function contextBalanced(
  context: Context,
  about: Pick<Property, "name" | "summary" | "kernel">,
): Property {
  return {
    ...about,
    watch: ({ depth, notHeld }) => ({
      on: (event) => {
        if (event.kind === "leave" && event.object === context) {
          return demand(not(notHeld(context)), `${context} is left without having been entered`);
        }
        if (!isReturn(event)) return undefined;
        return demand(equal(depth(context), constant(0)), `the function returns with ${context} unbalanced`);
      },
    }),
  };
}
