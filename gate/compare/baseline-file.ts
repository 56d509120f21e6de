import { z } from "zod";
import { InputError } from "../../model/input-error.ts";
import type { Baseline } from "./baseline.ts";

const BASELINE = z.object({
  holdfast: z.literal("baseline"),
  version: z.literal(1),
  findings: z.array(
    z.object({
      digest: z.string().regex(/^[0-9a-f]{12}$/),
      rule: z.string(),
      file: z.string(),
      function: z.string(),
      count: z.number().int().positive(),
    }),
  ),
});

/** Reads a baseline file's text. Throws an InputError that says where it is wrong. */
export function readBaseline(name: string, text: string): Baseline {
  try {
    return BASELINE.parse(JSON.parse(text));
  } catch (error) {
    const issue = error instanceof z.ZodError ? error.issues[0] : undefined;
    const why = issue ? `${issue.path.join(".")}: ${issue.message}` : String(error);
    throw new InputError(`${name} is no baseline file: ${why}`);
  }
}
