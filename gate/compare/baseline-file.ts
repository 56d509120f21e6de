import { z } from "zod";
import { InputError } from "../../model/input-error.ts";
import { parseJson } from "../../model/parse-json.ts";
import { schemaProblem } from "../../model/schema-problem.ts";
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
  const refused = (why: string) => new InputError(`${name} is no baseline file: ${why}`);
  const json = parseJson(text);
  if (json.kind === "no JSON") throw refused(json.reason);
  const baseline = BASELINE.safeParse(json.value);
  if (baseline.success) return baseline.data;
  throw refused(schemaProblem(baseline.error));
}
