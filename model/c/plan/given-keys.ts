import { mayEnd } from "../../kernel/lock-name.ts";
import { isFlags, isList, isMapping, type Key } from "../calls/key.ts";
import type { Action } from "../flow/graph.ts";

/**
 * Locks of objects that are handed to the callee whose result is returned: releasing them is its business, unless the
 * function releases them itself elsewhere and the callee's name says nothing of an end.
 */
export function handedKeys(keys: readonly Key[], action: Action): readonly Key[] {
  if (action.kind !== "forget") return [];
  const { handed = [], handedTo, given = [] } = action;
  const ends = handedTo === undefined || mayEnd(handedTo);
  return keys.filter(
    ({ text, object, released }) =>
      ((ends || !released || isMapping({ object })) && handed.some((each) => text.startsWith(`${each}->`))) ||
      (object === "folio-lock" && given.includes(text)),
  );
}

/**
 * Locks of objects that are put where others find them, as into an array: whoever does comes to them again by
 * another name, and to another object by this one.
 */
export function storedKeys(keys: readonly Key[], action: Action): readonly Key[] {
  const stored = action.kind === "forget" ? (action.listed ?? []) : storedBy(action);
  return keys.filter(({ object, text }) => object === "folio-lock" && stored.includes(text));
}

const storedBy = (action: Action): readonly string[] =>
  action.kind === "assign" && action.value.kind === "copy" && /[-.*]/.test(action.target)
    ? [action.value.variable]
    : [];

/** Locks that are reached through a pointer whose address a callee is given: it may make it another one. */
export function reassignedKeys(keys: readonly Key[], action: Action): readonly Key[] {
  if (action.kind !== "forget") return [];
  return keys.filter(({ text }) => action.variables.some((each) => text.startsWith(`${each}->`)));
}

/** Saved interrupt flags that are copied, or handed to a callee which may restore them. */
export function flagsGiven(keys: readonly Key[], action: Action): readonly Key[] {
  const given = flagPlacesGiven(action);
  if (given.length === 0) return [];
  return keys.filter((key) => isFlags(key) && given.some((each) => each.replace(/^\*/, "") === key.text));
}

function flagPlacesGiven(action: Action): readonly string[] {
  // What is known of a callee tells what it does with the flags.
  if (action.kind === "forget") return action.conditionsStay === true ? [] : action.variables;
  return action.kind === "assign" && action.value.kind === "copy" ? [action.value.variable] : [];
}

/** Lists that a step hands to someone, who may fill or empty them; or that need no emptying, by a test. */
export function listsGiven(keys: readonly Key[], action: Action): readonly Key[] {
  if (action.kind !== "forget") return [];
  const given = [...action.variables, ...(action.passedBy ?? [])];
  return keys.filter((key) => isList(key) && given.includes(key.text));
}
