import { FALSE, not } from "../model/ir/expression.ts";
import type { Mode } from "../model/kernel/operation.ts";
import { demand } from "./demand.ts";
import type { Property } from "./property.ts";

export const wrongMode: Property = {
  name: "wrong-mode",
  summary: "a lock taken for reading is not released as if taken for writing, nor the other way round",
  kernel: "kernel/locking/rwsem.c: up_read",
  watch: ({ heldAs }) => ({
    on: ({ kind, object, mode, instance }) => {
      if (kind !== "release" || mode === undefined) return undefined;
      const other: Mode = mode === "shared" ? "exclusive" : "shared";
      const wrong = heldAs?.(object, other, instance) ?? FALSE;
      return demand(not(wrong), `a lock held ${other} is released as ${mode}`);
    },
  }),
};
