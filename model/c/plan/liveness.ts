import type { Action, Flow } from "../flow/graph.ts";
import type { Tracked } from "./facts.ts";
import type { Sliced } from "./slice.ts";

/**
 * Which facts a node, or one that can follow it, asks for; of -1 those asked for at the end. Facts are variables and
 * condition texts.
 */
export type Live = (node: number) => ReadonlySet<string>;

export function liveFacts(
  { flow, kept, tracked }: { readonly flow: Flow; readonly kept: Sliced; readonly tracked: Tracked },
  atEnd: ReadonlySet<string>,
): Live {
  const live = new Map<number, ReadonlySet<string>>();
  const successors = new Map(kept.nodes.map((node) => [node, successorsOf(flow, kept, node)]));
  const backwards = [...kept.nodes].reverse();
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of backwards) {
      const action = flow.nodes[node]?.action;
      if (!action) continue;
      const behind = successors.get(node) ?? [];
      const after = new Set(behind.flatMap((each) => [...(live.get(each) ?? [])]));
      if (behind.length === 0) for (const each of atEnd) after.add(each);
      const before = liveBefore(action, after, tracked);
      if (before.size === live.get(node)?.size) continue;
      live.set(node, before);
      changed = true;
    }
  }
  const none: ReadonlySet<string> = new Set();
  return (node) => (node < 0 ? atEnd : (live.get(node) ?? none));
}

function successorsOf(flow: Flow, kept: Sliced, node: number): readonly number[] {
  const { next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
  return [next, otherwise].filter((each) => each >= 0).map((each) => kept.arrive(each).node);
}

function liveBefore(action: Action, after: Set<string>, tracked: Tracked): ReadonlySet<string> {
  const use = (name: string) => {
    if (tracked.variables.has(name)) after.add(name);
  };
  switch (action.kind) {
    case "call":
      after.delete(action.result);
      break;
    case "assign":
      if (after.delete(action.target) && "variable" in action.value) use(action.value.variable);
      break;
    case "branch":
      if (action.condition.kind === "truth" && tracked.conditions.has(action.condition.text))
        after.add(action.condition.text);
      if (action.condition.kind === "sign" || action.condition.kind === "named")
        use(action.condition.variable);
      break;
    case "return":
      if (action.value?.kind === "copy") use(action.value.variable);
      break;
  }
  return after;
}
