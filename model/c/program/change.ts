import { cond } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { rightSide } from "../calls/alias.ts";
import { isMapping, type Key, pointerBase } from "../calls/key.ts";
import { type Action, ANY, type Condition } from "../flow/graph.ts";
import { mentions, overwrites, type Plan, writesOf } from "../plan/plan.ts";
import { moved } from "../status/changes.ts";
import { tainted } from "../status/effects.ts";
import { HELD, setStatus, statusIn, statusOf } from "../status/status.ts";
import { forgotten, forgottenCondition, setValue } from "./fact.ts";
import { flagsGiven } from "./flags.ts";

/** Two lock pointers found to be one: what was noted of each apart is no longer true. */
export function locksCompared({ bound }: Plan, condition: Condition): readonly Key[] {
  const [left, right, ...rest] = condition.kind === "truth" ? condition.text.split(" == ") : [];
  if (right === undefined || rest.length > 0) return [];
  return bound.keys.flatMap((key) => {
    const behind = suffixOf(key.text, left);
    const other = behind === undefined ? undefined : bound.keys.find(({ text }) => text === right + behind);
    return other ? [key, other] : [];
  });
}

/** What follows the pointer in a lock's path; undefined where the path does not start there. */
function suffixOf(text: string, pointer = ""): string | undefined {
  const rest = text.startsWith(pointer) ? text.slice(pointer.length) : undefined;
  return rest === "" || rest?.startsWith("->") ? rest : undefined;
}

export function assignUpdates(plan: Plan, action: Action & { kind: "assign" }): readonly Update[] {
  const target = plan.tracked.variables.get(action.target);
  const own = target ? [setValue(target, action.value, plan.tracked)] : [];
  const lost = writeUpdates(plan, action).filter(({ variable }) => variable !== action.target);
  return [...own, ...lost, ...tainted(flagsGiven(plan.bound.keys, action)), ...moveKeys(plan, action)];
}

export function writeUpdates(plan: Plan, action: Action): readonly Update[] {
  const written = writesOf(action);
  const stay = action.kind === "forget" && action.conditionsStay === true;
  const kept = (name: string) =>
    action.kind === "forget" &&
    !written.includes(name) &&
    (isMapped(plan, name) || (stay && name.endsWith(" & 1")));
  const variables = [...plan.tracked.variables.values()].filter(
    ({ name }) => written.some((each) => overwrites(each, name)) && !kept(name),
  );
  const stale = action.kind === "forget" ? action.conditions : [];
  const conditions = [...plan.tracked.conditions].filter(
    (text) => stale.includes(text) || (!stay && written.some((each) => mentions(text, each))),
  );
  return [...variables.map(forgotten), ...conditions.map(forgottenCondition)];
}

/** No callee that is unknown changes the pointer to a mapping, or to its lock, which this function made. */
function isMapped({ calls, bound }: Plan, name: string): boolean {
  const group = calls.groupOf(name);
  return bound.keys.some(
    (key) => (isMapping(key) && key.text === group) || (key.object === "ptl" && key.text === name),
  );
}

/** Assigning to a pointer makes the locks reached through it other ones: those of the pointer copied, if known. */
function moveKeys(plan: Plan, action: Action & { kind: "assign" }): readonly Update[] {
  if ("variable" in action.value && plan.calls.carriers.has(action.value.variable)) return [];
  const source = action.value.kind === "copy" ? action.value.variable : undefined;
  const affected = plan.bound.keys.filter(({ roots }) => roots.includes(action.target));
  const mappings = isForeign(plan, action)
    ? plan.bound.keys.filter((key) => isMappingOf(plan, key, action.target))
    : [];
  const updates = affected.flatMap((key) => {
    const from = source === undefined ? undefined : sameLockOf(plan.bound.keys, key, action.target, source);
    if (!from) return [moved(key)];
    const given = cond(statusIn(from, HELD), moved(from).value, statusOf(from));
    return [setStatus(key, statusOf(from)), setStatus(from, given)];
  });
  return [...updates, ...mappings.map(moved)];
}

const isMappingOf = ({ calls }: Plan, key: Key, name: string): boolean =>
  isMapping(key) && calls.groupOf(name) === key.text;

/** A pointer gets a value that neither is a constant nor comes from a pointer of its group. */
function isForeign({ calls }: Plan, { target, value, from }: Action & { kind: "assign" }): boolean {
  if (value.kind === "named" || value.kind === "raised" || (value.kind === "mask" && value.mask !== ANY))
    return false;
  const base = value.kind === "copy" ? value.variable : pointerBase(from && rightSide(from));
  return base === undefined || calls.groupOf(base) !== calls.groupOf(target);
}

/** The lock that `key` means once `target` is a copy of `source`. */
function sameLockOf(keys: readonly Key[], key: Key, target: string, source: string): Key | undefined {
  if (!key.text.startsWith(target)) return undefined;
  const text = source + key.text.slice(target.length);
  return keys.find((each) => each.text === text && each.object === key.object);
}

export function unreadableUpdates(plan: Plan, text: string): readonly Update[] {
  const named = plan.bound.keys.filter((key) => [key.text, ...key.roots].some((each) => endsAt(text, each)));
  const calls = plan.calls.effects.some(({ name }) => mentions(text, name));
  const variables = [...plan.tracked.variables.values()].filter(({ name }) => mentions(text, name));
  return [
    ...tainted(calls ? plan.bound.keys : named),
    ...variables.map(forgotten),
    ...[...plan.tracked.conditions].map(forgottenCondition),
  ];
}

/** Whether the text names the place itself, and not only something behind it. */
function endsAt(text: string, place: string): boolean {
  const at = text.indexOf(place);
  if (at < 0) return false;
  const rest = text.slice(at + place.length);
  return !/^(?:\w|->|\.)/.test(rest) || endsAt(rest, place);
}

export function forgetAll(plan: Plan): readonly Update[] {
  return [
    ...tainted(plan.bound.keys),
    ...[...plan.tracked.variables.values()].map(forgotten),
    ...[...plan.tracked.conditions].map(forgottenCondition),
  ];
}
