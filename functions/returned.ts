import type { Action, Flow, Plan } from "../model/c/index.ts";
import type { Exit } from "./exit.ts";

/**
 * The position of the parameter that a function gives back at each of its returns, as it got it; undefined where it
 * returns anything else, or assigns the parameter. A caller has one value by two names then, as where a helper returns
 * the pointer to the interrupt flags that it saved.
 */
export function returnedArgument({ flow, kept }: Plan, parameters: readonly string[]): number | undefined {
  const actions = kept.nodes.flatMap((node) => flow.nodes[node]?.action ?? []);
  const [name, ...others] = new Set(actions.flatMap(returnedName));
  const position = others.length > 0 ? -1 : parameters.indexOf(name ?? "");
  return position < 0 || flow.nodes.some(({ action }) => assigns(action, name)) ? undefined : position;
}

/** The variable that a step returns; undefined where it returns something else. */
function returnedName(action: Action): readonly (string | undefined)[] {
  if (action.kind !== "return") return [];
  return [action.value?.kind === "copy" ? action.value.variable : undefined];
}

function assigns(action: Action, name: string | undefined): boolean {
  if (name === undefined) return false;
  if (action.kind === "assign") return action.target === name;
  return action.kind === "forget" && action.variables.includes(name);
}

/** Whether a return gives back the variable itself. */
export const isReturned = (name: string, { nodes }: Flow): boolean =>
  nodes.some(({ action }) => action.kind === "return" && variableGivenBack(action) === name);

/** The variable that a return gives back: PTR_ERR() of an object is its error, and no way to the object. */
export const variableGivenBack = ({ value, text }: ReturnAction): string | undefined =>
  value?.kind === "copy" && !text.startsWith("return PTR_ERR") ? value.variable : undefined;

type ReturnAction = Extract<Action, { readonly kind: "return" }>;

/**
 * A result that is no zero is an error, by convention, where the function returns neither pointers, nor truths, nor
 * numbers; elsewhere it tells callers little, as a pointer may be an error, and have another name for its lock.
 */
export function asCallersTell(exits: readonly Exit[], head: string): readonly Exit[] {
  const isErrno = !/\*\s*$|\bbool\b/.test(head) && exits.every(({ returns }) => returns !== "positive");
  return exits.map((each) =>
    each.returns === "nonzero" ? { ...each, returns: isErrno ? "error" : "any" } : each,
  );
}

/** The errors by whose names a function returns, each with its ways out; none where one of these has no such name. */
export function errorsOf(exits: readonly Exit[]): ReadonlyMap<string, readonly Exit[]> {
  const errors = new Map<string, Exit[]>();
  for (const exit of exits) {
    if (exit.returns === "zero" || exit.returns === "positive") continue;
    if (exit.returns !== "error" || exit.errors.size === 0) return new Map();
    for (const name of exit.errors) errors.set(name, [...(errors.get(name) ?? []), exit]);
  }
  return errors;
}
