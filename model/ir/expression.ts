import type { Domain } from "./domain.ts";

/** The handful of expressions of the language. Booleans are 0 and 1. Resist adding kinds. */
export type Expression =
  | Constant
  /** A scalar: shared, or of the acting task; `of` reads another task's. */
  | { readonly kind: "variable"; readonly name: string; readonly of?: Expression }
  /** One element of an array: shared, or of the acting task; `of` reads another task's. */
  | { readonly kind: "element"; readonly name: string; readonly index: Expression; readonly of?: Expression }
  /** The acting task's id. */
  | { readonly kind: "self" }
  /** A name bound by `some`, `all` or a transition's choice. */
  | { readonly kind: "bound"; readonly name: string }
  | { readonly kind: "not"; readonly operand: Expression }
  | { readonly kind: "and" | "or"; readonly operands: readonly Expression[] }
  | {
      readonly kind: "equal" | "less" | "add" | "subtract";
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "if";
      readonly condition: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    }
  /** Over the members 1..n of a set (never none), or over a range, bool or enum. */
  | {
      readonly kind: "some" | "all";
      readonly name: string;
      readonly over: Domain;
      readonly body: Expression;
    };

export interface Constant {
  readonly kind: "constant";
  readonly value: number;
  /** How to print it; absent for a plain integer. */
  readonly domain?: Domain;
}

export const constant = (value: number, domain?: Domain): Constant =>
  domain === undefined ? { kind: "constant", value } : { kind: "constant", value, domain };

const BOOL: Domain = { kind: "bool" };
export const TRUE = constant(1, BOOL);
export const FALSE = constant(0, BOOL);
export const SELF: Expression = { kind: "self" };

export const bound = (name: string): Expression => ({ kind: "bound", name });

export function not(operand: Expression): Expression {
  if (operand.kind === "not") return operand.operand;
  return operand.kind === "constant" ? truth(operand.value === 0) : { kind: "not", operand };
}

/** Conjunction; constants are folded away, so that a generated guard stays readable. */
export function and(...operands: readonly Expression[]): Expression {
  const kept = operands.filter((each) => !isConstant(each, 1));
  if (kept.some((each) => isConstant(each, 0))) return FALSE;
  return kept.length === 1 && kept[0] ? kept[0] : kept.length === 0 ? TRUE : { kind: "and", operands: kept };
}

/** Disjunction; constants are folded away. */
export function or(...operands: readonly Expression[]): Expression {
  const kept = operands.filter((each) => !isConstant(each, 0));
  if (kept.some((each) => isConstant(each, 1))) return TRUE;
  return kept.length === 1 && kept[0] ? kept[0] : kept.length === 0 ? FALSE : { kind: "or", operands: kept };
}

export function equal(left: Expression, right: Expression): Expression {
  if (left.kind === "constant" && right.kind === "constant") return truth(left.value === right.value);
  return { kind: "equal", left, right };
}

export function less(left: Expression, right: Expression): Expression {
  if (left.kind === "constant" && right.kind === "constant") return truth(left.value < right.value);
  return { kind: "less", left, right };
}

export function add(left: Expression, right: Expression): Expression {
  if (left.kind === "constant" && right.kind === "constant") return constant(left.value + right.value);
  return { kind: "add", left, right };
}

export function subtract(left: Expression, right: Expression): Expression {
  if (left.kind === "constant" && right.kind === "constant") return constant(left.value - right.value);
  return { kind: "subtract", left, right };
}

export function cond(condition: Expression, yes: Expression, no: Expression): Expression {
  if (condition.kind === "constant") return condition.value === 0 ? no : yes;
  return { kind: "if", condition, yes, no };
}

export const implies = (premise: Expression, conclusion: Expression): Expression =>
  or(not(premise), conclusion);

export const some = (name: string, over: Domain, body: (each: Expression) => Expression): Expression => ({
  kind: "some",
  name,
  over,
  body: body(bound(name)),
});

export const all = (name: string, over: Domain, body: (each: Expression) => Expression): Expression => ({
  kind: "all",
  name,
  over,
  body: body(bound(name)),
});

/** What a condition or a sum is made of; nothing for what reads a place. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "not":
      return [expression.operand];
    case "and":
    case "or":
      return expression.operands;
    case "equal":
    case "less":
    case "add":
    case "subtract":
      return [expression.left, expression.right];
    case "if":
      return [expression.condition, expression.yes, expression.no];
    case "some":
    case "all":
      return [expression.body];
    default:
      return [];
  }
}

function truth(value: boolean): Expression {
  return value ? TRUE : FALSE;
}

function isConstant(expression: Expression, value: number): boolean {
  return expression.kind === "constant" && expression.value === value;
}
