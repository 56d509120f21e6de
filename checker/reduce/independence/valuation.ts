import type { Expression } from "../../../model/ir/expression.ts";
import type { Transition, Variable } from "../../../model/ir/model.ts";
import { conjunctsOf } from "./conditions.ts";

/** What is known of a task's own variables; those of which nothing is known are absent. */
export type Valuation = ReadonlyMap<string, number>;

/** The expression's value, where what is known decides it. */
export function valueUnder(expression: Expression, known: Valuation): number | undefined {
  const of = (each: Expression) => valueUnder(each, known);
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "variable":
      return expression.of ? undefined : known.get(expression.name);
    case "not":
      return combined([of(expression.operand)], ([value = 0]) => (value === 0 ? 1 : 0));
    case "and":
      return decided(expression.operands.map(of), 0);
    case "or":
      return decided(expression.operands.map(of), 1);
    case "equal":
      return combined([of(expression.left), of(expression.right)], ([one, other]) => (one === other ? 1 : 0));
    case "if": {
      const condition = of(expression.condition);
      return condition === undefined ? undefined : of(condition === 0 ? expression.no : expression.yes);
    }
    default:
      return undefined;
  }
}

function combined(
  values: readonly (number | undefined)[],
  combine: (values: readonly number[]) => number,
): number | undefined {
  const known = values.filter((each) => each !== undefined);
  return known.length === values.length ? combine(known) : undefined;
}

/** A connective: one operand decides it, or all of them together. */
function decided(values: readonly (number | undefined)[], deciding: 0 | 1): number | undefined {
  const decides = (value: number | undefined) => value !== undefined && (value === 0 ? 0 : 1) === deciding;
  if (values.some(decides)) return deciding;
  return values.includes(undefined) ? undefined : 1 - deciding;
}

/** What is known behind the transition; undefined where it cannot be taken. */
export function valuationAfter(
  { guard, updates }: Transition,
  before: Valuation,
  tracked: ReadonlyMap<string, Variable>,
): Valuation | undefined {
  if (guard && valueUnder(guard, before) === 0) return undefined;
  const here = new Map(before);
  for (const [name, value] of conjunctsOf(guard).flatMap(saidBy))
    if (tracked.has(name)) here.set(name, value);
  const behind = new Map(here);
  for (const { variable, value } of updates) {
    if (!tracked.has(variable)) continue;
    const written = valueUnder(value, here);
    if (written === undefined) behind.delete(variable);
    else behind.set(variable, written);
  }
  return behind;
}

/** The value of the acting task's variable that a condition fixes. */
function saidBy(condition: Expression): readonly (readonly [string, number])[] {
  if (condition.kind === "variable" && !condition.of) return [[condition.name, 1]];
  if (condition.kind === "not") {
    const { operand } = condition;
    return operand.kind === "variable" && !operand.of ? [[operand.name, 0]] : [];
  }
  if (condition.kind !== "equal") return [];
  const { left, right } = condition;
  const [place, value] = right.kind === "constant" ? [left, right.value] : [right, constantIn(left)];
  return place.kind === "variable" && !place.of && value !== undefined ? [[place.name, value]] : [];
}

function constantIn(expression: Expression): number | undefined {
  return expression.kind === "constant" ? expression.value : undefined;
}
