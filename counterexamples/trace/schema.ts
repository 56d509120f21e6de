import { z } from "zod";
import type { Trace } from "./trace.ts";

const natural = z.number().int().min(0);
const taskId = z.number().int().min(1);

const source = z.object({ file: z.string(), line: natural, text: z.string().exactOptional() });
const decision = z.object({
  kind: z.enum(["outcome", "layout", "branch"]),
  subject: z.string(),
  alternative: z.string(),
  loop: z.literal(true).exactOptional(),
});
const change = z.object({
  variable: z.string(),
  task: taskId.exactOptional(),
  from: z.string(),
  to: z.string(),
});
const event = z.object({
  kind: z.string(),
  object: z.string(),
  instance: z.number().int().exactOptional(),
  mode: z.string().exactOptional(),
});
const step = z.object({
  task: taskId,
  transition: natural,
  choice: z.number().int().exactOptional(),
  label: z.string(),
  source: source.exactOptional(),
  decision: decision.exactOptional(),
  adverse: z.boolean(),
  changes: z.array(change),
  held: z.array(z.string()),
  events: z.array(event),
});
const identity = z.object({
  scenario: z.string().min(1),
  version: z.string().exactOptional(),
  parameters: z.record(z.string(), z.number().int()),
  digest: z.string().regex(/^[0-9a-f]{64}$/),
});

const explanation = z.object({
  failed: z.array(z.object({ demanded: z.string(), found: z.array(z.string()) })),
  heldAfter: natural.exactOptional(),
  lost: z.object({ step: natural, kind: z.enum(["broken", "owed"]) }).exactOptional(),
  pivot: z
    .object({
      step: natural,
      subject: z.string(),
      taken: z.string(),
      instead: z.string(),
      certain: z.boolean(),
    })
    .exactOptional(),
  guilty: z.object({ step: natural, source: source.exactOptional() }).exactOptional(),
});

/** What a trace file must look like, whatever wrote it. */
export const traceSchema: z.ZodType<Trace> = z.strictObject({
  schema: z.literal("holdfast-trace"),
  schemaVersion: z.literal(1),
  tool: z.string(),
  model: identity,
  property: z.string(),
  verdict: z.enum(["violated", "error"]),
  message: z.string(),
  shortest: z.boolean(),
  initial: natural,
  steps: z.array(step),
  explanation: explanation.exactOptional(),
});
