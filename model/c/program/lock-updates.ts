import type { Update } from "../../ir/model.ts";
import { rightSide } from "../calls/alias.ts";
import type { ResolvedCalls, ResolvedOperation } from "../calls/calls.ts";
import { countedOn } from "../calls/counted-on.ts";
import { isFlags, isMapping, type Key, pointerBase } from "../calls/key.ts";
import { type Action, ANY, type Condition } from "../flow/graph.ts";
import { flagsGiven, handedKeys, listsGiven, reassignedKeys, storedKeys } from "../plan/given-keys.ts";
import { endAt, type Side } from "../plan/loop-locks.ts";
import { type Move, stepOf } from "../plan/moves.ts";
import type { Plan } from "../plan/plan.ts";
import { mentions } from "../plan/writes.ts";
import type { BoundPlan } from "./binding.ts";

type Assign = Action & { kind: "assign" };

/** Two lock pointers found to be equal: what was noted of each apart is no longer true. */
export function comparedLocks({ calls }: Plan, condition: Condition): readonly Key[] {
  const [left, right, ...rest] = condition.kind === "truth" ? condition.text.split(" == ") : [];
  if (right === undefined || rest.length > 0) return [];
  return calls.keys.flatMap((key) => {
    const suffix = suffixOf(key.text, left);
    const other = suffix === undefined ? undefined : calls.keys.find(({ text }) => text === right + suffix);
    return other ? [key, other] : [];
  });
}

/** What follows the pointer in a lock's path; undefined where the path does not start there. */
function suffixOf(text: string, pointer = ""): string | undefined {
  const rest = text.startsWith(pointer) ? text.slice(pointer.length) : undefined;
  return rest === "" || rest?.startsWith("->") ? rest : undefined;
}

/** What an assignment makes of the locks: flags are copied, and locks reached through the target become other ones. */
export function assignedLocks(plan: BoundPlan, action: Assign, node: number): readonly Update[] {
  const { binding, calls } = plan;
  return [
    ...binding.forget(flagsGiven(calls.keys, action)),
    ...binding.handOver(storedKeys(calls.keys, action)),
    ...repointedLocks(plan, action, plan.moves.get(node)),
    ...passedInLoop(plan, action, node),
  ];
}

/** In a loop that takes locks one after the other, those whose name this is mean the next now. */
function passedInLoop({ calls, loopLocks, binding }: BoundPlan, { target }: Assign, node: number) {
  const passed = keysAt(calls, loopLocks.passed.get(node));
  return binding.loopStep(
    passed.filter(({ roots }) => roots.includes(target)),
    "passed",
  );
}

const keysAt = ({ keys }: ResolvedCalls, indices: readonly number[] = []): readonly Key[] =>
  indices.flatMap((index) => keys[index] ?? []);

/** What becomes of locks where a loop ends that took them one after the other, or gave them back. */
export const locksOfLoop = (
  { calls, loopLocks, binding }: BoundPlan,
  node: number,
  side: Side,
): readonly Update[] =>
  (["taken", "given"] as const).flatMap((how) =>
    binding.loopStep(keysAt(calls, loopLocks[how].get(endAt(node, side))), how),
  );

/** What becomes of the locks, flags and lists that a step gives to somebody. */
export function givenLocks({ calls, binding }: BoundPlan, action: Action): readonly Update[] {
  const { keys } = calls;
  const flags = flagsGiven(keys, action);
  const given = [...flags, ...locksReleasedWith(flags, calls), ...listsGiven(keys, action)];
  const handed = [...handedKeys(keys, action), ...storedKeys(keys, action)];
  const reassigned = reassignedKeys(keys, action).flatMap((key) => binding.repoint(key, undefined));
  return [...binding.handOver(handed), ...reassigned, ...binding.forget(given)];
}

/** Who is given a place for interrupt flags takes a lock that is released with them. */
function locksReleasedWith(flags: readonly Key[], { keys, outcomes }: ResolvedCalls): readonly Key[] {
  if (flags.length === 0) return [];
  const isOneOf = ({ key }: ResolvedOperation) => flags.some(({ index }) => index === key);
  const calls = [...outcomes.values()].flat().filter(({ does }) => does.some(isOneOf));
  const released = calls.flatMap(({ does }) =>
    does.flatMap(({ operation, key }) => (operation.kind === "release" ? (key ?? []) : [])),
  );
  return keys.filter(({ index }) => released.includes(index));
}

/** The locks reached through the target are those of the pointer that is copied, if known. */
function repointedLocks(plan: BoundPlan, action: Assign, move: Move | undefined): readonly Update[] {
  const { calls, binding } = plan;
  const carrier = "variable" in action.value ? action.value.variable : "";
  if (calls.carriers.has(carrier)) {
    const carried = keysCarriedBy(plan, carrier);
    const others = calls.keys.filter(
      ({ index, roots }) => roots.includes(action.target) && !carried.has(index),
    );
    return others.flatMap((key) => binding.repoint(key, undefined));
  }
  const source = action.value.kind === "copy" ? action.value.variable : undefined;
  const reached = calls.keys.filter(({ roots }) => roots.includes(action.target));
  const group = isForeign(plan, action) ? calls.groupOf(action.target) : undefined;
  const mappings = calls.keys.filter((key) => isMapping(key) && key.text === group);
  const step = stepOf(action);
  if (step !== undefined && mappings.length === 0 && !reached.some(isFlags)) {
    const next = new Map(reached.map((key) => [key, countedOn(key, action.target, step, calls.keys)]));
    const named = new Set(next.values());
    return reached.flatMap((key) => binding.countOn(key, next.get(key), named.has(key) ? "named" : move));
  }
  return [
    ...reached.flatMap((key) => {
      const same = sameLockOf(calls.keys, key, action.target, source);
      // A copy of flags that are not known by name may be one of those saved last.
      const isCopy = isFlags(key) && source !== undefined && !same;
      return isCopy ? binding.forget([key]) : binding.repoint(key, same, move);
    }),
    ...mappings.flatMap((key) => binding.repoint(key, undefined)),
  ];
}

/** The locks and mappings that a call takes through its result. */
function keysCarriedBy({ flow, calls }: Plan, result: string): ReadonlySet<number> {
  const own = [...calls.outcomes].filter(([node]) => {
    const action = flow.nodes[node]?.action;
    return action?.kind === "call" && action.result === result;
  });
  return new Set(own.flatMap(([, each]) => each.flatMap(({ does }) => does.flatMap(({ key }) => key ?? []))));
}

/** A pointer gets a value that neither is a constant nor comes from a pointer of its group. */
function isForeign({ calls }: Plan, { target, value, from }: Assign): boolean {
  if (value.kind === "named" || value.kind === "raised" || value.kind === "lowered") return false;
  if (value.kind === "mask" && value.mask !== ANY) return false;
  const base = value.kind === "copy" ? value.variable : pointerBase(from && rightSide(from));
  return base === undefined || calls.groupOf(base) !== calls.groupOf(target);
}

/** The lock that `key` means once `target` is a copy of `source`. */
function sameLockOf(
  keys: readonly Key[],
  key: Key,
  target: string,
  source: string | undefined,
): Key | undefined {
  if (source === undefined || !key.text.startsWith(target)) return undefined;
  const text = source + key.text.slice(target.length);
  return keys.find((each) => each.text === text && each.object === key.object);
}

/** The locks that something which could not be read may change: all, if it calls what acts on locks. */
export function unreadableLocks({ calls }: Plan, text: string): readonly Key[] {
  if (calls.effects.some(({ name }) => mentions(text, name))) return calls.keys;
  return calls.keys.filter((key) => [key.text, ...key.roots].some((each) => endsAt(text, each)));
}

/** Whether the text names the place itself, and not only something behind it. */
function endsAt(text: string, place: string): boolean {
  const at = text.indexOf(place);
  if (at < 0) return false;
  const rest = text.slice(at + place.length);
  return !/^(?:\w|->|\.)/.test(rest) || endsAt(rest, place);
}
