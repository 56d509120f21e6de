import { boundsOf, type Domain, type Sets, TASK } from "./domain.ts";
import type { Expression } from "./expression.ts";
import type { Variable } from "./model.ts";
import { BOOLEAN, fits, INTEGER, showType, typeOf, UNKNOWN, type ValueType } from "./value-type.ts";

/** What an expression may refer to, and where complaints about it go. */
export interface Scope {
  readonly sets: Sets;
  readonly variables: ReadonlyMap<string, Variable>;
  /** Domains of the names bound here. */
  readonly bound: ReadonlyMap<string, Domain>;
  /** Whether a task acts here, so that `self` and its variables can be read. */
  readonly acting: boolean;
  complain(message: string): void;
}

const OWNER: ValueType = { kind: "id", set: TASK };

/** The expression's type; complains of whatever is wrong in it. */
export function checkExpression(expression: Expression, scope: Scope): ValueType {
  switch (expression.kind) {
    case "constant":
      return checkConstant(expression, scope);
    case "variable":
    case "element":
      return checkPlace(expression, scope);
    case "self":
      if (!scope.acting) scope.complain("'self' stands where no task acts");
      return OWNER;
    case "bound":
      return checkBound(expression.name, scope);
    case "not":
      return expectBoolean([expression.operand], scope);
    case "and":
    case "or":
      return expectBoolean(expression.operands, scope);
    case "equal":
      return checkSame(expression.left, expression.right, "compares", scope, BOOLEAN);
    case "less":
      return expectIntegers(expression, scope, BOOLEAN);
    case "add":
    case "subtract":
      return expectIntegers(expression, scope, INTEGER);
    case "if":
      expectBoolean([expression.condition], scope);
      return checkSame(expression.yes, expression.no, "chooses between", scope);
    case "some":
    case "all":
      return checkQuantifier(expression, scope);
  }
}

/** A read or written place: the type of its values. */
export function checkPlace(
  place: { readonly name: string; readonly index?: Expression; readonly of?: Expression },
  scope: Scope,
): ValueType {
  const variable = scope.variables.get(place.name);
  if (!variable) {
    scope.complain(`unknown variable '${place.name}' (known: ${[...scope.variables.keys()].join(", ")})`);
    return UNKNOWN;
  }
  checkOwner(variable, place.of, scope);
  checkIndex(variable, place.index, scope);
  return typeOf(variable.domain);
}

export function expectType(expression: Expression, wanted: ValueType, what: string, scope: Scope): void {
  const type = checkExpression(expression, scope);
  if (!fits(type, wanted)) scope.complain(`${what} must be ${showType(wanted)}, not ${showType(type)}`);
}

/** Complains where a domain is empty, too wide or of an unknown set. */
export function checkDomain(domain: Domain, { sets, complain }: Pick<Scope, "sets" | "complain">): void {
  if (domain.kind === "id" && sets[domain.set] === undefined) {
    complain(`unknown set '${domain.set}' (known: ${Object.keys(sets).join(", ")})`);
    return;
  }
  const { min, max } = boundsOf(domain, sets);
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max) || max < min) {
    complain(`the domain ${min}..${max} has no values`);
  } else if (Math.abs(min) >= 2 ** 30 || Math.abs(max) >= 2 ** 30) {
    complain(`the domain ${min}..${max} is too wide (valid: within 2^30)`);
  }
}

function checkConstant({ value, domain }: Expression & { kind: "constant" }, scope: Scope): ValueType {
  if (!Number.isSafeInteger(value)) scope.complain(`the constant ${value} is no integer`);
  if (!domain) return { kind: "literal", value };
  if (domain.kind === "id" && scope.sets[domain.set] === undefined) checkDomain(domain, scope);
  return typeOf(domain);
}

function checkOwner(variable: Variable, of: Expression | undefined, scope: Scope): void {
  if (of) expectType(of, OWNER, `the task whose '${variable.name}' is meant`, scope);
  if (variable.scope === "shared" && of) {
    scope.complain(`'${variable.name}' is shared: it is no task's`);
  } else if (variable.scope === "task" && !of && !scope.acting) {
    scope.complain(`'${variable.name}' is a task's, and no task acts here: say whose`);
  }
}

function checkIndex(variable: Variable, index: Expression | undefined, scope: Scope): void {
  if (variable.index && index) {
    expectType(index, typeOf(variable.index), `the index of '${variable.name}'`, scope);
  } else if (variable.index) {
    scope.complain(`'${variable.name}' is an array: name one of its elements`);
  } else if (index) {
    checkExpression(index, scope);
    scope.complain(`'${variable.name}' is no array`);
  }
}

function checkBound(name: string, { bound, complain }: Scope): ValueType {
  const domain = bound.get(name);
  if (domain) return typeOf(domain);
  complain(`'${name}' is not bound here${bound.size > 0 ? ` (bound: ${[...bound.keys()].join(", ")})` : ""}`);
  return UNKNOWN;
}

function expectBoolean(operands: readonly Expression[], scope: Scope): ValueType {
  for (const operand of operands) expectType(operand, BOOLEAN, `a condition (${operand.kind})`, scope);
  return BOOLEAN;
}

function expectIntegers(
  expression: Expression & { left: Expression; right: Expression },
  scope: Scope,
  result: ValueType,
): ValueType {
  expectType(expression.left, INTEGER, `the left side of '${expression.kind}'`, scope);
  expectType(expression.right, INTEGER, `the right side of '${expression.kind}'`, scope);
  return result;
}

function checkSame(
  left: Expression,
  right: Expression,
  verb: string,
  scope: Scope,
  result?: ValueType,
): ValueType {
  const [one, other] = [checkExpression(left, scope), checkExpression(right, scope)];
  if (!fits(one, other)) scope.complain(`${verb} ${showType(one)} with ${showType(other)}`);
  if (result) return result;
  // Two different numbers of no stated domain make an integer.
  if (one.kind === "literal") return other.kind === "literal" ? INTEGER : other;
  return one;
}

function checkQuantifier(
  { name, over, body }: Expression & { kind: "some" | "all" },
  scope: Scope,
): ValueType {
  checkDomain(over, scope);
  return expectBoolean([body], { ...scope, bound: new Map([...scope.bound, [name, over]]) });
}
