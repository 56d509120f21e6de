import { match } from "ts-pattern";
import { type Environment, evaluate, unlessWrong } from "../../checker/interpret/interpret.ts";
import { type Domain, showValue } from "../../model/ir/domain.ts";
import type { Expression } from "../../model/ir/expression.ts";
import type { Variable } from "../../model/ir/model.ts";

/** A condition as people read it: what is bound and whose task it is are filled in. */
export function showExpression(expression: Expression, environment: Environment): string {
  const show = (each: Expression) => showExpression(each, environment);
  const nested = (each: Expression) => (isAtom(each) ? show(each) : `(${show(each)})`);
  const clause = (each: Expression) => (isCompound(each) ? `(${show(each)})` : show(each));
  return match(expression)
    .with({ kind: "constant" }, ({ value, domain }) => (domain ? showValue(domain, value) : String(value)))
    .with({ kind: "variable" }, ({ name }) => name)
    .with({ kind: "element" }, ({ name, index }) => `${name}[${show(index)}]`)
    .with({ kind: "self" }, () => `task ${environment.self}`)
    .with({ kind: "bound" }, ({ name }) => String(environment.bindings?.[name] ?? name))
    .with({ kind: "not" }, ({ operand }) => showNot(operand, environment))
    .with({ kind: "and" }, ({ operands }) => operands.map(clause).join(" and "))
    .with({ kind: "or" }, ({ operands }) => operands.map(clause).join(" or "))
    .with({ kind: "equal" }, (each) => showEqual(each, "is", environment))
    .with({ kind: "less" }, ({ left, right }) => `${nested(left)} < ${nested(right)}`)
    .with({ kind: "add" }, ({ left, right }) => `${nested(left)} + ${nested(right)}`)
    .with({ kind: "subtract" }, ({ left, right }) => `${nested(left)} - ${nested(right)}`)
    .with({ kind: "if" }, (each) => showIf(each, environment))
    .with({ kind: "some" }, { kind: "all" }, ({ kind, name, body }) => `${kind} ${name}: ${show(body)}`)
    .exhaustive();
}

/** The arm that is taken; both where what decides means nothing here. */
function showIf({ condition, yes, no }: Expression & { kind: "if" }, environment: Environment): string {
  const show = (each: Expression) => showExpression(each, environment);
  const value = unlessWrong(() => evaluate(condition, environment));
  if (value === undefined) return `if ${show(condition)} then ${show(yes)} else ${show(no)}`;
  return show(value === 0 ? no : yes);
}

function showNot(operand: Expression, environment: Environment): string {
  const shown = showExpression(operand, environment);
  if (operand.kind === "equal") return showEqual(operand, "is not", environment);
  return isAtom(operand) ? `not ${shown}` : `not (${shown})`;
}

function showEqual(
  { left, right }: { readonly left: Expression; readonly right: Expression },
  verb: "is" | "is not",
  environment: Environment,
): string {
  const shown = showExpression(left, environment);
  const other = otherSide(left, right, environment);
  return `${isAtom(left) ? shown : `(${shown})`} ${verb} ${other}`;
}

/** Places read in an expression with the values they have, but for what is no place here: `ptl.owner is none`. */
export function valuesIn(expression: Expression, environment: Environment): readonly string[] {
  const places = placesIn(expression).flatMap((place) => {
    const value = unlessWrong(() => evaluate(place, environment));
    if (value === undefined) return [];
    const variable = variableOf(place, environment);
    return [`${showExpression(place, environment)} is ${showValue(variable.domain, value)}`];
  });
  return [...new Set(places)];
}

type Place = Expression & { kind: "variable" | "element" };

function placesIn(expression: Expression): readonly Place[] {
  switch (expression.kind) {
    case "variable":
    case "element":
      return [expression];
    case "not":
      return placesIn(expression.operand);
    case "and":
    case "or":
      return expression.operands.flatMap(placesIn);
    case "equal":
    case "less":
    case "add":
    case "subtract":
      return [...placesIn(expression.left), ...placesIn(expression.right)];
    case "if":
      return [expression.condition, expression.yes, expression.no].flatMap(placesIn);
    default:
      return [];
  }
}

/** The other side of an equation, in the values of this side's domain. */
function otherSide(left: Expression, right: Expression, environment: Environment): string {
  const domain = domainOf(left, environment);
  if (domain && right.kind === "constant") return showValue(domain, right.value);
  return isAtom(right) ? showExpression(right, environment) : `(${showExpression(right, environment)})`;
}

function domainOf(expression: Expression, environment: Environment): Domain | undefined {
  if (expression.kind !== "variable" && expression.kind !== "element") return undefined;
  return variableOf(expression, environment).domain;
}

function variableOf({ name }: Place, { model }: Environment): Variable {
  const found = model.variables.find((each) => each.name === name);
  if (!found) throw new Error(`unknown variable '${name}'`);
  return found;
}

const isAtom = ({ kind }: Expression): boolean =>
  ["constant", "variable", "element", "self", "bound"].includes(kind);

const isCompound = ({ kind }: Expression): boolean => ["and", "or", "some", "all"].includes(kind);
