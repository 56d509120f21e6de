import { z } from "zod";

const integer = z.number().int();
const name = z.string().min(1);

const domain = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("bool") }),
  z.strictObject({
    kind: z.literal("range"),
    min: integer,
    max: integer,
    beyond: z.enum(["error", "end-path"]).optional(),
  }),
  z.strictObject({ kind: z.literal("enum"), values: z.array(z.string()).min(1) }),
  z.strictObject({ kind: z.literal("id"), set: name }),
]);

const nested: z.ZodType = z.lazy(() => expression);

/** A misspelt key would be one that is missing: no other keys than these. */
const expression = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("constant"), value: integer, domain: domain.optional() }),
  z.strictObject({ kind: z.literal("variable"), name, of: nested.optional() }),
  z.strictObject({ kind: z.literal("element"), name, index: nested, of: nested.optional() }),
  z.strictObject({ kind: z.literal("self") }),
  z.strictObject({ kind: z.literal("bound"), name }),
  z.strictObject({ kind: z.literal("not"), operand: nested }),
  z.strictObject({ kind: z.enum(["and", "or"]), operands: z.array(nested) }),
  z.strictObject({ kind: z.enum(["equal", "less", "add", "subtract"]), left: nested, right: nested }),
  z.strictObject({ kind: z.literal("if"), condition: nested, yes: nested, no: nested }),
  z.strictObject({ kind: z.enum(["some", "all"]), name, over: domain, body: nested }),
]);

const update = z.strictObject({
  variable: name,
  index: expression.optional(),
  of: expression.optional(),
  value: expression,
  overrides: z.literal(true).optional(),
});

const source = z.strictObject({
  file: z.string(),
  line: integer.nonnegative(),
  text: z.string().optional(),
});

const decision = z.strictObject({
  kind: z.enum(["outcome", "layout", "branch"]),
  subject: z.string(),
  alternative: z.string(),
  loop: z.literal(true).optional(),
});

/** Events have more keys where they are a kernel's operations. */
const event = z.looseObject({
  kind: name,
  object: z.string(),
  instance: expression.optional(),
  extent: expression.optional(),
  mode: z.string().optional(),
  updates: z.array(update),
});

const asserted = { property: name, condition: expression, message: z.string() };

const transition = z.strictObject({
  from: name,
  to: name,
  label: z.string(),
  guard: expression.optional(),
  choice: z.strictObject({ name, domain }).optional(),
  updates: z.array(update),
  weight: z.literal([0, 1]),
  source: source.optional(),
  decision: decision.optional(),
  events: z.array(event).optional(),
  assertions: z.array(z.strictObject(asserted)).optional(),
});

const program = z.strictObject({
  name,
  start: name,
  locations: z.array(z.strictObject({ name, end: z.boolean().optional() })),
  transitions: z.array(transition),
});

const variable = z.strictObject({
  name,
  domain,
  scope: z.enum(["shared", "task"]),
  index: domain.optional(),
  initial: z.array(integer),
});

const invariant = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("always"), ...asserted }),
  z.strictObject({ kind: z.literal("location"), program: name, location: name, ...asserted }),
  z.strictObject({ kind: z.literal("sometimes"), ...asserted }),
  z.strictObject({ kind: z.literal("no-deadlock"), property: name }),
]);

/** The form of a model, whatever made it; what its names and values must be, `validate` knows. */
export const modelSchema = z.strictObject({
  name,
  sets: z.record(z.string(), integer.nonnegative()),
  variables: z.array(variable),
  programs: z.array(program),
  tasks: z.array(z.strictObject({ program: name, count: integer.nonnegative() })),
  invariants: z.array(invariant),
});
