import { z } from "zod";
import { InputError } from "../../input-error.ts";

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
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const reason = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, " ") : String(error);
    throw new InputError(`${name}: no configuration: ${reason}`);
  }
}
