import { constant } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import { type Flow, NEGATIVE, type Value } from "../flow/graph.ts";
import type { Plan } from "../plan/plan.ts";

const NAME = "error";
const NONE = "none";
/** More of them no caller tells apart. */
const MAX_ERRORS = 4;

/** What is asked of a plan. */
type Kept = Pick<Plan, "flow" | "kept">;

/** The errors that a function can return; none where a return does not say by a name which one, if any, it is. */
function returnedErrors({ flow, kept }: Kept): readonly string[] {
  const known = byPlan.get(kept) ?? errorsIn({ flow, kept });
  byPlan.set(kept, known);
  return known;
}

const byPlan = new WeakMap<Plan["kept"], readonly string[]>();

function errorsIn({ flow, kept }: Kept): readonly string[] {
  const errors = new Set<string>();
  for (const node of kept.nodes) {
    const value = returnedBy(flow, node);
    if (value === undefined) continue;
    if (value === "unknown" || (value.kind !== "named" && value.kind !== "mask")) return [];
    if ((value.mask & NEGATIVE) === 0) continue;
    if (value.kind !== "named" || value.mask !== NEGATIVE) return [];
    errors.add(value.name);
  }
  return errors.size > MAX_ERRORS ? [] : [...errors];
}

function returnedBy({ nodes }: Flow, node: number): Value | "unknown" | undefined {
  const action = nodes[node]?.action;
  if (action?.kind === "unreadable" || action?.kind === "gap") return "unknown";
  return action?.kind === "return" ? (action.value ?? "unknown") : undefined;
}

/** Which of several errors the function has returned. */
export function errorVariable(plan: Kept): Variable | undefined {
  const errors = returnedErrors(plan);
  if (errors.length < 2) return undefined;
  return { name: NAME, domain: oneOf(NONE, ...errors), scope: "task", initial: [0] };
}

/** Notes the name of what is returned, where there are several. */
export function notedError(plan: Kept, value: Value | undefined): readonly Update[] {
  const domain = value?.kind === "named" ? errorVariable(plan)?.domain : undefined;
  if (domain?.kind !== "enum" || value?.kind !== "named") return [];
  const position = domain.values.indexOf(value.name);
  return position < 0 ? [] : [{ variable: NAME, value: constant(position, domain) }];
}

/** The error by whose name a function has returned; undefined where it is none, or the only one. */
export function errorAt(plan: Kept, value: (variable: string) => number): string | undefined {
  const errors = returnedErrors(plan);
  return errors.length < 2 ? errors[0] : errors[value(NAME) - 1];
}
