import { cond, constant, type Expression } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import { oneOf } from "../../ir/place.ts";
import { type Mask, NEGATIVE, POSITIVE, type Value, ZERO } from "../flow/graph.ts";
import type { Tracked } from "../plan/facts.ts";
import { isWithin } from "./fact-values.ts";

const CLASS = oneOf("running", "any", "error", "zero", "positive", "nothing");

/** The classes of a function's result, by which its caller can tell how it ended. */
export type ReturnedClass = Exclude<(typeof CLASS.values)[number], "running">;

/** What the function has returned. */
export const RETURNED: Variable = { name: "returned", domain: CLASS, scope: "task", initial: [0] };

export const returnedClass = (value: number): ReturnedClass => {
  const name = CLASS.values[value];
  return name === undefined || name === "running" ? "any" : name;
};

const KNOWN: readonly (readonly [Mask, ReturnedClass])[] = [
  [NEGATIVE, "error"],
  [ZERO, "zero"],
  [POSITIVE, "positive"],
];

const classConstant = (name: ReturnedClass): Expression => constant(CLASS.values.indexOf(name), CLASS);

/** Notes the class of what is returned. */
export function returned(value: Value | undefined, tracked: Tracked): Update {
  return { variable: RETURNED.name, value: classOf(value, tracked) };
}

function classOf(value: Value | undefined, tracked: Tracked): Expression {
  if (value === undefined) return classConstant("nothing");
  if (value.kind === "mask" || value.kind === "named") {
    return classConstant(KNOWN.find(([mask]) => mask === value.mask)?.[1] ?? "any");
  }
  const variable = value.kind === "copy" ? tracked.variables.get(value.variable) : undefined;
  if (!variable) return classConstant("any");
  return KNOWN.reduce<Expression>(
    (rest, [mask, name]) => cond(isWithin(variable, mask), classConstant(name), rest),
    classConstant("any"),
  );
}
