import type { Update } from "../../ir/model.ts";
import type { Condition, Flow } from "../flow/graph.ts";
import type { Plan } from "../plan/plan.ts";
import { forgotten, forgottenCondition } from "./fact-values.ts";

/**
 * A function that has just taken a lock and asks again what it has seen without it, asks because another task
 * may have changed it meanwhile: what was known of it is forgotten. What tasks of the model share, they change.
 */
export function recheckedFacts({ flow, tracked }: Plan, call: number): readonly Update[] {
  return askedAfter(flow, call).flatMap((condition) => {
    if (condition.kind === "truth") {
      const place = condition.pure ? undefined : tracked.conditions.get(condition.text);
      return place?.scope === "task" ? [forgottenCondition(place)] : [];
    }
    if (condition.kind === "unknown" || !IN_MEMORY.test(condition.variable)) return [];
    const variable = tracked.variables.get(condition.variable);
    return variable?.place.scope === "task" ? [forgotten(variable)] : [];
  });
}

const IN_MEMORY = /->|\*/;

/**
 * The parts of the condition that is the first thing after a call: they stand in one statement, and no path
 * leads there but through the call. `if (c) lock(); if (c) unlock();` is no second look.
 */
function askedAfter(flow: Flow, call: number): readonly Condition[] {
  const asked = new Map<number, Condition>();
  const edges = edgesInto(flow);
  let statement: number | undefined;
  const todo = [flow.nodes[call]?.next ?? -1];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (asked.size === 0 && edges.get(node) !== 1) break;
    const { action, at, next = -1, otherwise = -1, callee } = flow.nodes[node] ?? {};
    // What a callee asks is no second look of its caller's.
    if (callee !== flow.nodes[call]?.callee) continue;
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
function edgesInto(flow: Flow): ReadonlyMap<number, number> {
  const known = counted.get(flow);
  if (known) return known;
  const edges = new Map<number, number>();
  for (const { next, otherwise } of flow.nodes) {
    for (const to of [next, otherwise]) edges.set(to, (edges.get(to) ?? 0) + 1);
  }
  counted.set(flow, edges);
  return edges;
}
