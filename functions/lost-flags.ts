import { type Action, isFlags, type Key, readsOf, type Translation } from "../model/c/index.ts";
import { type Declared, handsOn } from "./escape.ts";
import { isVariable } from "./variable.ts";

/**
 * Whether the lock is taken with interrupt flags alone that a variable of the function keeps, and that it hands to
 * nobody: no caller can release it as it was taken (include/linux/spinlock.h: spin_unlock_irqrestore).
 */
export function losesFlags(
  { plan: { calls, flow } }: Translation,
  key: Key,
  { parameters, body = "" }: Pick<Declared, "parameters" | "body">,
): boolean {
  const taken = [...calls.outcomes.values()]
    .flat()
    .filter(({ does }) => does.some((each) => each.operation.kind === "acquire" && each.key === key.index));
  const flags = taken.map(({ does }) => does.find(({ operation }) => operation.kind === "save")?.key);
  const names = new Set(flags.map((index) => (index === undefined ? "" : (calls.keys[index]?.text ?? ""))));
  const isKept = (name: string) =>
    /^\w+$/.test(name) &&
    !parameters.includes(name) &&
    isVariable(name, body) &&
    !flow.nodes.some((node) => handsOn(node).includes(name) || isGiven(node.action, name)) &&
    !flow.unknown.some(({ args }) => args.flatMap(readsOf).includes(name));
  return calls.keys.some(isFlags) && names.size > 0 && [...names].every(isKept);
}

/** It is stored, or its address is. */
const isGiven = (action: Action, name: string): boolean =>
  (action.kind === "assign" &&
    action.target !== name &&
    action.from !== undefined &&
    readsOf(action.from).includes(name)) ||
  (action.kind === "return" && new RegExp(`\\b${name}\\b`).test(action.text));
