import type { Update } from "../../ir/model.ts";
import type { Condition, Flow } from "../flow/graph.ts";
import type { Tracked } from "../plan/facts.ts";
import { forgotten, forgottenCondition } from "./fact.ts";

/**
 * Who has just taken a lock and asks again what it has seen without it, asks because someone else may have
 * changed it meanwhile: what was known of it is forgotten.
 */
export function recheckUpdates(flow: Flow, call: number, tracked: Tracked): readonly Update[] {
  return askedBehind(flow, call).flatMap((condition) => {
    if (condition.kind === "truth") {
      const known = !condition.pure && tracked.conditions.has(condition.text);
      return known ? [forgottenCondition(condition.text)] : [];
    }
    if (condition.kind === "unknown" || !IN_MEMORY.test(condition.variable)) return [];
    const variable = tracked.variables.get(condition.variable);
    return variable ? [forgotten(variable)] : [];
  });
}

const IN_MEMORY = /->|\*/;

/**
 * The parts of the condition that is the first thing behind a call: they stand in one statement, and no way
 * leads there but by the call. `if (c) lock(); if (c) unlock();` is no second look.
 */
function askedBehind(flow: Flow, call: number): readonly Condition[] {
  const asked = new Map<number, Condition>();
  const ways = waysInto(flow);
  let statement: number | undefined;
  const todo = [flow.nodes[call]?.next ?? -1];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (asked.size === 0 && ways.get(node) !== 1) break;
    const { action, at, next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
    if (action?.kind === "branch" && !asked.has(node) && at === (statement ?? at)) {
      statement = at;
      asked.set(node, action.condition);
      todo.push(next, otherwise);
    } else if (action?.kind === "forget" || (action?.kind === "assign" && asked.size === 0)) todo.push(next);
  }
  return [...asked.values()];
}

const counted = new WeakMap<Flow, ReadonlyMap<number, number>>();

/** How many edges lead to each node. */
function waysInto(flow: Flow): ReadonlyMap<number, number> {
  const known = counted.get(flow);
  if (known) return known;
  const ways = new Map<number, number>();
  for (const { next, otherwise } of flow.nodes) {
    for (const to of [next, otherwise]) ways.set(to, (ways.get(to) ?? 0) + 1);
  }
  counted.set(flow, ways);
  return ways;
}
