import { z } from "zod";
import { InputError } from "../../input-error.ts";
import { findPrimitive } from "../../kernel/table/index.ts";
import { parseJson } from "../../parse-json.ts";
import { type CallEffect, effectOf, type Knowledge } from "./effect.ts";
import { withEffects } from "./knowledge.ts";

const wrapper = z.strictObject({
  /** The primitive that the wrapper does the same as. */
  like: z.string(),
  /** Which of the wrapper's arguments is the primitive's first; from 0. */
  operand: z.number().int().nonnegative().optional(),
  /** What leads from that argument to the lock, e.g. `->lock`. */
  path: z.string().optional(),
});

const schema = z.strictObject({
  /** A project's own names for primitives. */
  wrappers: z.record(z.string(), wrapper).default({}),
  /** Findings that are not reported, each with a reason. */
  suppress: z
    .array(z.strictObject({ rule: z.string(), function: z.string(), reason: z.string().min(1) }))
    .default([]),
});

/** What a project says of its code; docs/check.md describes the file. */
export type Config = z.infer<typeof schema>;

/** @throws InputError that names what is wrong where the text is no such file. */
export function parseConfig(name: string, text: string): Config {
  const json = parseJson(text);
  if (json.kind === "no JSON") throw new InputError(`${name}: no configuration: ${json.reason}`);
  const config = schema.safeParse(json.value);
  if (config.success) return config.data;
  const reason = z.prettifyError(config.error).replace(/\s+/g, " ");
  throw new InputError(`${name}: no configuration: ${reason}`);
}

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
