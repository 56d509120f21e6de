import type { Domain } from "../../model/ir/domain.ts";
import type { Expression } from "../../model/ir/expression.ts";
import type { Model, Variable } from "../../model/ir/model.ts";
import { ModelError } from "./model-error.ts";
import { indexOf, memberValues, required } from "./model-index.ts";
import type { State, Value } from "./state.ts";

/** What an expression is read in. */
export interface Environment {
  readonly model: Model;
  readonly state: State;
  /** The acting task's id, from 1; absent in what is judged of the state as a whole. */
  readonly self?: number;
  readonly bindings?: Readonly<Record<string, number>>;
}

/**
 * An expression's value; booleans are 0 and 1. `and`, `or`, `some` and `all` read no further than they
 * must, from left to right. Throws a ModelError where an index names no element or a task is none.
 */
export function evaluate(expression: Expression, environment: Environment): number {
  const value = (each: Expression) => evaluate(each, environment);
  const holds = (each: Expression) => value(each) !== 0;
  switch (expression.kind) {
    case "constant":
      return expression.value;
    case "variable":
      return scalarOf(expression.name, ownerOf(expression, environment), environment);
    case "element":
      return elementOf(expression, environment);
    case "self":
      return selfOf(environment);
    case "bound":
      return required(environment.bindings?.[expression.name], `'${expression.name}' is not bound`);
    case "not":
      return truth(!holds(expression.operand));
    case "and":
      return truth(expression.operands.every(holds));
    case "or":
      return truth(expression.operands.some(holds));
    case "equal":
      return truth(value(expression.left) === value(expression.right));
    case "less":
      return truth(value(expression.left) < value(expression.right));
    case "add":
      return value(expression.left) + value(expression.right);
    case "subtract":
      return value(expression.left) - value(expression.right);
    case "if":
      return value(holds(expression.condition) ? expression.yes : expression.no);
    case "some":
      return truth(members(expression.over, environment).some(inBody(expression, environment)));
    case "all":
      return truth(members(expression.over, environment).every(inBody(expression, environment)));
  }
}

function truth(holds: boolean): number {
  return holds ? 1 : 0;
}

function members(domain: Domain, { model }: Environment): readonly number[] {
  return memberValues(domain, indexOf(model));
}

/** Position of an index value among an array's elements. Throws a ModelError where there is none. */
export function positionOf(variable: Variable, index: number, environment: Environment): number {
  const { min, max } = required(
    indexOf(environment.model).elements.get(variable.name),
    `'${variable.name}' is no array`,
  );
  if (index >= min && index <= max) return index - min;
  const shown = variable.index?.kind === "id" && index === 0 ? "none" : String(index);
  throw new ModelError(
    `model '${environment.model.name}': ${variable.name}[${shown}]: no such element (valid: ${min}..${max})`,
  );
}

/** Whose variable: the task read by `of`, or the acting one. Throws a ModelError where that is no task. */
export function ownerOf(place: { readonly of?: Expression }, environment: Environment): number | undefined {
  if (!place.of) return environment.self;
  const task = evaluate(place.of, environment);
  const { tasks } = environment.state;
  if (task >= 1 && task <= tasks.length) return task;
  throw new ModelError(
    `model '${environment.model.name}': no task ${task === 0 ? "none" : task} to read of (valid: 1..${tasks.length})`,
  );
}

export function variableOf(name: string, { model }: { readonly model: Model }): Variable {
  return required(indexOf(model).variables.get(name), `unknown variable '${name}'`);
}

function inBody(quantifier: Expression & { kind: "some" | "all" }, environment: Environment) {
  return (value: number): boolean => {
    const bindings = { ...environment.bindings, [quantifier.name]: value };
    return evaluate(quantifier.body, { ...environment, bindings }) !== 0;
  };
}

function selfOf({ self }: Environment): number {
  return required(self, "'self' stands outside of any task");
}

function scalarOf(name: string, owner: number | undefined, environment: Environment): number {
  const value = heldBy(variableOf(name, environment), owner, environment.state);
  if (typeof value !== "number") throw new Error(`'${name}' is an array: read one of its elements`);
  return value;
}

function elementOf(place: Expression & { kind: "element" }, environment: Environment): number {
  const variable = variableOf(place.name, environment);
  const owner = ownerOf(place, environment);
  const position = positionOf(variable, evaluate(place.index, environment), environment);
  const value = heldBy(variable, owner, environment.state);
  return required(typeof value === "number" ? undefined : value[position], `'${place.name}' is no array`);
}

function heldBy(variable: Variable, owner: number | undefined, state: State): Value {
  const { name, scope } = variable;
  if (scope === "shared") return required(state.shared[name], `the state lacks '${name}'`);
  const task = required(owner, `'${name}' belongs to a task: say whose`);
  return required(state.tasks[task - 1]?.variables[name], `the state lacks '${name}' of task ${task}`);
}
