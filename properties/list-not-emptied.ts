import { not } from "../model/ir/expression.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

/** A list on the stack is gone with the function; what is still on it is lost, and points there. */
export const listNotEmptied: Property = {
  name: "list-not-emptied",
  summary: "nothing is left on a list of the function's own when it returns",
  kernel: "include/linux/list.h: LIST_HEAD",
  watch: ({ held }) => ({
    on: ({ kind, object, instance }) =>
      kind === "expire" && object === "list"
        ? demand(not(held("list", instance)), "the function returns with items on a list of its own")
        : undefined,
  }),
};
