import type { ResolvedOperation } from "../calls/calls.ts";
import { isFlags, type Key } from "../calls/key.ts";
import type { Action } from "../flow/graph.ts";

/** Saved interrupt flags that have been copied, or handed to a callee which may restore them. */
export function flagsGiven(keys: readonly Key[], action: Action): readonly Key[] {
  const given = givenBy(action);
  if (given.length === 0) return [];
  return keys.filter((key) => isFlags(key) && given.some((each) => each.replace(/^\*/, "") === key.text));
}

function givenBy(action: Action): readonly string[] {
  // What is known of a callee tells what it does with the flags.
  if (action.kind === "forget") return action.conditionsStay === true ? [] : action.variables;
  return action.kind === "assign" && action.value.kind === "copy" ? [action.value.variable] : [];
}

/** Interrupts go on without regard to what was saved: nobody waits for the flags any more. */
export function enablesInterrupts(operations: readonly ResolvedOperation[]): boolean {
  const does = (kind: string, object: string) =>
    operations.some(({ operation }) => operation.kind === kind && operation.object === object);
  return does("leave", "irq") && !does("restore", "irq-flags");
}
