import type { Domain } from "../../ir/domain.ts";
import { cond, constant, type Expression } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import { type Mask, NEGATIVE, POSITIVE, type Value, ZERO } from "../flow/graph.ts";
import type { Tracked, TrackedVariable } from "../plan/facts.ts";
import { isWithin } from "./fact-values.ts";

const CLASS = oneOf("running", "any", "error", "zero", "positive", "nothing");
/** A number that is no zero may be an error, and may be none. */
const CLASS_WITH_NONZERO = oneOf(...CLASS.values, "nonzero");

/** The classes of a function's result, by which its caller can tell how it ended. */
export type ReturnedClass = Exclude<(typeof CLASS_WITH_NONZERO.values)[number], "running">;

/** What the function has returned. */
export const RETURNED: Variable = { name: "returned", domain: CLASS, scope: "task", initial: [0] };

/** The same, for a function that keeps these facts. */
export const returnedVariable = (tracked: Tracked): Variable => ({ ...RETURNED, domain: domainOf(tracked) });

/** A result that is no zero is told from others where some fact may say so. */
const domainOf = ({ variables }: Tracked): Domain =>
  [...variables.values()].some(canBeNonzero) ? CLASS_WITH_NONZERO : CLASS;

export const returnedClass = (value: number): ReturnedClass => {
  const name = CLASS_WITH_NONZERO.values[value];
  return name === undefined || name === "running" ? "any" : name;
};

const NONZERO: Mask = NEGATIVE | POSITIVE;

const KNOWN: readonly (readonly [Mask, ReturnedClass])[] = [
  [NEGATIVE, "error"],
  [ZERO, "zero"],
  [POSITIVE, "positive"],
];

type ClassConstant = (name: ReturnedClass) => Expression;

const constantsIn =
  (domain: Domain): ClassConstant =>
  (name) =>
    constant(CLASS_WITH_NONZERO.values.indexOf(name), domain);

/** Notes the class of what is returned. */
export function returned(value: Value | undefined, tracked: Tracked): Update {
  return { variable: RETURNED.name, value: classOf(value, tracked) };
}

const canBeNonzero = ({ masks, constants }: TrackedVariable): boolean =>
  masks.includes(NONZERO) || constants.some(({ mask }) => mask === NONZERO);

function classOf(value: Value | undefined, tracked: Tracked): Expression {
  const of = constantsIn(domainOf(tracked));
  if (value === undefined) return of("nothing");
  if (value.kind === "mask" || value.kind === "named") {
    return of(KNOWN.find(([mask]) => mask === value.mask)?.[1] ?? "any");
  }
  const variable = value.kind === "copy" ? tracked.variables.get(value.variable) : undefined;
  if (!variable) return of("any");
  const vague = canBeNonzero(variable)
    ? cond(isWithin(variable, NONZERO), of("nonzero"), of("any"))
    : of("any");
  return KNOWN.reduce<Expression>(
    (rest, [mask, name]) => cond(isWithin(variable, mask), of(name), rest),
    vague,
  );
}
