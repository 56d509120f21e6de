import { z } from "zod";

const integer = z.number().int();
const named = { id: z.string().min(1), summary: z.string() };

/** The form of a scenario, whatever made it. */
export const scenarioSchema = z.looseObject({
  ...named,
  versions: z.array(z.looseObject(named)),
  parameters: z.array(
    z.strictObject({
      name: z.string().regex(/^[a-z][a-z-]*$/, "expected lower case letters and dashes"),
      summary: z.string(),
      default: integer,
      min: integer,
      max: integer,
      setting: z.literal(true).optional(),
    }),
  ),
  properties: z.array(z.string()),
  build: z.function(),
});

/** The form of what a scenario builds, beside its model. */
export const builtSchema = z.looseObject({
  model: z.unknown(),
  observe: z.looseObject({
    ...Object.fromEntries(
      ["held", "notHeld", "depth", "inAtomic", "mapped", "notMapped", "references"].map((each) => [
        each,
        z.function(),
      ]),
    ),
  }),
  listing: z.array(z.looseObject({ line: integer, depth: integer.nonnegative(), text: z.string() })),
});
