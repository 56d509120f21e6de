import { type Expression, not } from "../../../model/ir/expression.ts";
import { type Place, placeOf } from "./access.ts";

/** Conditions that all hold where the expression does. */
export function conjunctsOf(expression: Expression | undefined): readonly Expression[] {
  if (!expression) return [];
  return expression.kind === "and" ? expression.operands.flatMap(conjunctsOf) : [expression];
}

/** One value that an update may give its place, and what holds when it does. */
export interface Leaf {
  readonly value: Expression;
  readonly conditions: readonly Expression[];
}

/** Splits a value at its conditions. */
export function leavesOf(value: Expression, conditions: readonly Expression[] = []): readonly Leaf[] {
  if (value.kind !== "if") return [{ value, conditions }];
  return [
    ...leavesOf(value.yes, [...conditions, ...conjunctsOf(value.condition)]),
    ...leavesOf(value.no, [...conditions, ...conjunctsOf(not(value.condition))]),
  ];
}

export function isNone(expression: Expression): boolean {
  return expression.kind === "constant" && expression.value === 0;
}

/** Places that are known to be none (or the acting task) where the conditions hold. */
export function placesThatAre(wanted: "none" | "self", conditions: readonly Expression[]): readonly Place[] {
  const is = (each: Expression) => (wanted === "none" ? isNone(each) : each.kind === "self");
  return conditions.flatMap((condition) => {
    if (condition.kind !== "equal") return [];
    const { left, right } = condition;
    const [place] = is(right) ? placesIn(left) : is(left) ? placesIn(right) : [];
    return place ? [place] : [];
  });
}

function placesIn(expression: Expression): readonly Place[] {
  return expression.kind === "variable" || expression.kind === "element" ? [placeOf(expression)] : [];
}
