import { rewrite } from "../../../model/ir/compose.ts";
import type { Expression } from "../../../model/ir/expression.ts";
import type { Transition, Update } from "../../../model/ir/model.ts";

/** A variable, or an element of an array, as an expression or update names it. */
export interface Place {
  readonly name: string;
  readonly index?: Expression;
  readonly of?: Expression;
}

/** `add` changes a place by a constant, whatever it holds: additions commute with each other. */
export interface Access {
  readonly place: Place;
  readonly mode: "read" | "write" | "add";
}

/** Every place that a transition touches, in its guard, its updates and the assertions that are judged. */
export function accessesOf(transition: Transition, judged: readonly Expression[]): readonly Access[] {
  const conditions = [...(transition.guard ? [transition.guard] : []), ...judged];
  return [...conditions.flatMap(readsOf), ...transition.updates.flatMap(accessesOfUpdate)];
}

/** Places read by an expression, those in indices included. */
export function readsOf(expression: Expression): readonly Access[] {
  const found: Access[] = [];
  rewrite(expression, (part) => {
    if (part.kind === "variable" || part.kind === "element")
      found.push({ place: placeOf(part), mode: "read" });
    return part;
  });
  return found;
}

function accessesOfUpdate(update: Update): readonly Access[] {
  const place = targetOf(update);
  const where = [update.index, update.of].flatMap((each) => (each ? readsOf(each) : []));
  if (addedBy(update) !== undefined) return [...where, { place, mode: "add" }];
  return [...where, ...readsOf(update.value), { place, mode: "write" }];
}

/** By how much an update changes its place; undefined where it is not a constant. */
export function addedBy(update: Update): number | undefined {
  const { value } = update;
  if (value.kind !== "add" && value.kind !== "subtract") return undefined;
  const { left, right } = value;
  if (right.kind !== "constant" || !reads(left, targetOf(update))) return undefined;
  return value.kind === "add" ? right.value : -right.value;
}

export function targetOf({ variable, index, of }: Update): Place {
  return { name: variable, ...(index && { index }), ...(of && { of }) };
}

export function placeOf({ name, of, ...rest }: Expression & { kind: "variable" | "element" }): Place {
  return { name, ...("index" in rest && { index: rest.index }), ...(of && { of }) };
}

/** Whether an expression is just the value of the place. */
export function reads(expression: Expression, place: Place): boolean {
  if (expression.kind !== "variable" && expression.kind !== "element") return false;
  return samePlace(placeOf(expression), place);
}

export function samePlace(one: Place, other: Place): boolean {
  return keyOf(one) === keyOf(other);
}

/** The place's text: equal for places that name the same thing in the same way. */
export function keyOf({ name, index, of }: Place): string {
  return JSON.stringify([name, index ?? null, of ?? null]);
}

export function expressionOf({ name, index, of }: Place): Expression {
  const owner = of && { of };
  return index ? { kind: "element", name, index, ...owner } : { kind: "variable", name, ...owner };
}
