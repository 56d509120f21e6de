import { type Domain, NONE, TASK } from "./domain.ts";
import { add, cond, constant, type Expression, equal, less, not, SELF, subtract } from "./expression.ts";
import type { Update, Variable } from "./model.ts";

/** What may stand for a value of a domain: a literal of it, an expression, or another place. */
export type Term<D extends Domain> =
  | (D extends { kind: "bool" } ? boolean : never)
  | (D extends { kind: "range" } ? number : never)
  | (D extends { kind: "enum"; values: readonly (infer V)[] } ? V : never)
  | (D extends { kind: "id" } ? "none" : never)
  | Expression
  | Place<D>;

/** A variable or an element of an array, to be compared and assigned. */
export interface Place<D extends Domain = Domain> {
  readonly domain: D;
  readonly value: Expression;
  is(term: Term<D>): Expression;
  isNot(term: Term<D>): Expression;
  lessThan(term: Term<D>): Expression;
  plus(term: Term<D>): Expression;
  minus(term: Term<D>): Expression;
  set(term: Term<D>): Update;
  /** Assigns only where the condition holds. */
  setIf(condition: Expression, term: Term<D>): Update;
  increment(): Update;
  decrement(): Update;
  /** The same variable of another task. */
  of(task: Expression): Place<D>;
}

export interface ScalarHandle<D extends Domain = Domain> extends Place<D> {
  readonly variable: Variable;
}

export interface ArrayHandle<D extends Domain = Domain> {
  readonly variable: Variable;
  at(index: Expression | Place | number): Place<D>;
}

export const bool: Domain & { kind: "bool" } = { kind: "bool" };
export const range = (min: number, max: number, beyond?: "end-path"): Domain & { kind: "range" } =>
  beyond === undefined ? { kind: "range", min, max } : { kind: "range", min, max, beyond };
export const oneOf = <const V extends readonly string[]>(...values: V): { kind: "enum"; values: V } => ({
  kind: "enum",
  values,
});
export const idOf = (set: string): Domain & { kind: "id" } => ({ kind: "id", set });
/** The acting task's id, or none, is what owns a lock. */
export const owner = idOf(TASK);
export const self = SELF;

type Initial<D extends Domain> = Exclude<Term<D>, Expression | Place<D>>;

export function shared<D extends Domain>(
  name: string,
  domain: D,
  ...initial: readonly Initial<D>[]
): ScalarHandle<D> {
  return scalar({ name, domain, scope: "shared", initial: initialValues(domain, initial) }, domain);
}

export function local<D extends Domain>(
  name: string,
  domain: D,
  ...initial: readonly Initial<D>[]
): ScalarHandle<D> {
  return scalar({ name, domain, scope: "task", initial: initialValues(domain, initial) }, domain);
}

export function sharedArray<D extends Domain>(
  name: string,
  index: Domain,
  domain: D,
  ...initial: readonly Initial<D>[]
): ArrayHandle<D> {
  return array({ name, domain, index, scope: "shared", initial: initialValues(domain, initial) }, domain);
}

export function localArray<D extends Domain>(
  name: string,
  index: Domain,
  domain: D,
  ...initial: readonly Initial<D>[]
): ArrayHandle<D> {
  return array({ name, domain, index, scope: "task", initial: initialValues(domain, initial) }, domain);
}

function scalar<D extends Domain>(variable: Variable, domain: D): ScalarHandle<D> {
  return { variable, ...place(domain, variable.name) };
}

function array<D extends Domain>(variable: Variable, domain: D): ArrayHandle<D> {
  return {
    variable,
    at: (index) => place(domain, variable.name, expressionOf(index)),
  };
}

function place<D extends Domain>(domain: D, name: string, index?: Expression, of?: Expression): Place<D> {
  const where = { ...(index && { index }), ...(of && { of }) };
  const value: Expression = index
    ? { kind: "element", name, index, ...(of && { of }) }
    : { kind: "variable", name, ...(of && { of }) };
  const term = (each: Term<D>) => toExpression(domain, each);
  const assign = (to: Expression): Update => ({ variable: name, ...where, value: to });
  return {
    domain,
    value,
    is: (other) => equal(value, term(other)),
    isNot: (other) => not(equal(value, term(other))),
    lessThan: (other) => less(value, term(other)),
    plus: (other) => add(value, term(other)),
    minus: (other) => subtract(value, term(other)),
    set: (to) => assign(term(to)),
    setIf: (condition, to) => assign(cond(condition, term(to), value)),
    increment: () => assign(add(value, constant(1))),
    decrement: () => assign(subtract(value, constant(1))),
    of: (task) => place(domain, name, index, task),
  };
}

/** Reads a literal in a domain. Throws where an enum has no such member. */
export function toExpression<D extends Domain>(domain: D, term: Term<D>): Expression {
  return typeof term === "object" && term !== null
    ? expressionOf(term as Expression | Place)
    : constant(literal(domain, term), domain);
}

function expressionOf(term: Expression | Place | number): Expression {
  if (typeof term === "number") return constant(term);
  return "is" in term ? term.value : term;
}

function initialValues(domain: Domain, initial: readonly unknown[]): readonly number[] {
  if (initial.length > 0) return initial.map((each) => literal(domain, each));
  return [domain.kind === "range" ? Math.max(domain.min, Math.min(0, domain.max)) : 0];
}

function literal(domain: Domain, value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (domain.kind === "id" && value === "none") return NONE;
  const position = domain.kind === "enum" ? domain.values.indexOf(String(value)) : -1;
  if (position >= 0) return position;
  const choices = domain.kind === "enum" ? ` (valid: ${domain.values.join(", ")})` : "";
  throw new Error(`'${String(value)}' is not a value of a ${domain.kind} domain${choices}`);
}
