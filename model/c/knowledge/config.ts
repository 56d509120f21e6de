import { InputError } from "../../input-error.ts";
import { findPrimitive } from "../../kernel/table/index.ts";
import { type CallEffect, effectOf, type Knowledge } from "./effect.ts";
import { withEffects } from "./knowledge.ts";
import type { Config } from "./parse-config.ts";

/** @throws InputError where a wrapper is like a primitive that the table does not have. */
export function withConfig(base: Knowledge, { wrappers }: Config): Knowledge {
  const effects = Object.entries(wrappers).map(([name, each]) => [name, wrapperEffect(name, each)] as const);
  return withEffects(base, new Map(effects));
}

function wrapperEffect(name: string, { like, operand, path }: Config["wrappers"][string]): CallEffect {
  const row = findPrimitive(like);
  if (!row)
    throw new InputError(
      `wrapper '${name}' is like '${like}', which is no primitive (holdfast explain NAME tells of those there are)`,
    );
  const effect = effectOf(row);
  const outcomes = effect.outcomes.map((outcome) => ({
    ...outcome,
    does: outcome.does.map((each) => {
      const own = "operand" in each.operation && each.operation.operand === 0;
      const operation = own && operand !== undefined ? { ...each.operation, operand } : each.operation;
      return own && path !== undefined
        ? { operation, path: path + (each.path ?? "") }
        : { ...each, operation };
    }),
  }));
  return { name, source: "config", outcomes };
}
