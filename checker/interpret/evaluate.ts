import { match } from "ts-pattern";
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
  return match(expression)
    .with({ kind: "constant" }, (each) => each.value)
    .with({ kind: "variable" }, (each) => scalarOf(each.name, ownerOf(each, environment), environment))
    .with({ kind: "element" }, (each) => elementOf(each, environment))
    .with({ kind: "self" }, () => selfOf(environment))
    .with({ kind: "bound" }, ({ name }) => required(environment.bindings?.[name], `'${name}' is not bound`))
    .with({ kind: "not" }, ({ operand }) => (holds(operand) ? 0 : 1))
    .with({ kind: "and" }, ({ operands }) => (operands.every(holds) ? 1 : 0))
    .with({ kind: "or" }, ({ operands }) => (operands.some(holds) ? 1 : 0))
    .with({ kind: "equal" }, ({ left, right }) => (value(left) === value(right) ? 1 : 0))
    .with({ kind: "less" }, ({ left, right }) => (value(left) < value(right) ? 1 : 0))
    .with({ kind: "add" }, ({ left, right }) => value(left) + value(right))
    .with({ kind: "subtract" }, ({ left, right }) => value(left) - value(right))
    .with({ kind: "if" }, ({ condition, yes, no }) => (holds(condition) ? value(yes) : value(no)))
    .with({ kind: "some" }, (each) =>
      members(each.over, environment).some(inBody(each, environment)) ? 1 : 0,
    )
    .with({ kind: "all" }, (each) =>
      members(each.over, environment).every(inBody(each, environment)) ? 1 : 0,
    )
    .exhaustive();
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
