import { type Expression, partsOf } from "../../../model/ir/expression.ts";
import type { Transition, Update } from "../../../model/ir/model.ts";

/** A variable, or an element of an array, as an expression or update names it. */
export interface Place {
  readonly name: string;
  readonly index?: Expression;
  readonly of?: Expression;
}

/**
 * `asks`: reads only whether the place holds the acting task. `adds`: changes it by a constant, whatever it
 * holds, so that additions commute with each other.
 */
export interface Access {
  readonly place: Place;
  readonly mode: "reads" | "asks" | "writes" | "adds";
}

export function isChange({ mode }: Access): boolean {
  return mode === "writes" || mode === "adds";
}

/** Every place that a transition touches, in its guard, its updates and the assertions that are judged; each once. */
export function accessesOf(transition: Transition, judged: readonly Expression[]): readonly Access[] {
  const conditions = [...(transition.guard ? [transition.guard] : []), ...judged];
  const all = [...conditions.flatMap(readsOf), ...transition.updates.flatMap(accessesOfUpdate)];
  return [...new Map(all.map((each) => [`${each.mode} ${keyOf(each.place)}`, each])).values()];
}

/** Places read by an expression, those in indices included. */
export function readsOf(expression: Expression): readonly Access[] {
  if (expression.kind === "variable" || expression.kind === "element")
    return accessesTo(placeOf(expression), "reads");
  const asked = askedBy(expression);
  return asked ? accessesTo(asked, "asks") : partsOf(expression).flatMap(readsOf);
}

function accessesTo(place: Place, mode: Access["mode"]): readonly Access[] {
  return [{ place, mode }, ...placesChoosing(place)];
}

/** What is read to find the place. */
export function placesChoosing({ index, of }: Place): readonly Access[] {
  return [index, of].flatMap((each) => (each ? readsOf(each) : []));
}

/** The place that the expression compares with the acting task. */
function askedBy(expression: Expression): Place | undefined {
  if (expression.kind !== "equal") return undefined;
  const { left, right } = expression;
  const other = right.kind === "self" ? left : left.kind === "self" ? right : undefined;
  return other && (other.kind === "variable" || other.kind === "element") ? placeOf(other) : undefined;
}

function accessesOfUpdate(update: Update): readonly Access[] {
  const place = targetOf(update);
  if (addedBy(update) !== undefined) return accessesTo(place, "adds");
  return [...accessesTo(place, "writes"), ...readsOf(update.value)];
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
