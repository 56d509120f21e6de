import { constant } from "../../ir/expression.ts";
import { isList, type Key } from "../calls/key.ts";
import type { Action, Flow } from "../flow/graph.ts";
import { partsOf, placeOf } from "../flow/print.ts";
import type { LockEvent } from "../status/effects.ts";
import type { Expr } from "../syntax/ast.ts";

/** The end of the function's own lists: an event for each, for a property to judge. */
export function expiring(keys: readonly Key[]): readonly LockEvent[] {
  return keys.filter(isList).map(({ index }) => ({
    kind: "expire",
    object: "list",
    key: index,
    instance: constant(index),
    updates: [],
  }));
}

/** Lists that a step hands to someone, who may fill or empty them; or that need no emptying, by a test. */
export function listsGiven(keys: readonly Key[], action: Action): readonly Key[] {
  if (action.kind !== "forget") return [];
  const given = [...action.variables, ...(action.passedBy ?? [])];
  return keys.filter((key) => isList(key) && given.includes(key.text));
}

/** Whether the address of a variable is kept somewhere: in another variable, or in a structure. */
export function keepsAddress({ nodes }: Flow, name: string): boolean {
  return nodes.some(
    ({ action }) => action.kind === "assign" && action.from && takesAddress(action.from, name),
  );
}

function takesAddress(each: Expr, name: string): boolean {
  if (each.kind === "call") return false;
  if (each.kind === "unary" && each.operator === "&") return placeOf(each.operand) === name;
  return partsOf(each).some((part) => takesAddress(part, name));
}
