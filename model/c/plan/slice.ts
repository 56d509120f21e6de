import type { Action, Flow } from "../flow/graph.ts";

/** The nodes that matter, and how they follow each other once the others are left out. */
export interface Sliced {
  readonly nodes: readonly number[];
  readonly entry: number;
  /** Where an edge into a node ends up, and the jumps on the way there. */
  readonly arrive: (node: number) => Arrival;
}

export interface Arrival {
  readonly node: number;
  /** Nodes of `continue`, `break` and `goto` that were passed. */
  readonly jumps: readonly number[];
}

/** Leaves out steps that `matters` denies, and branches whose sides come to the same. */
export function slice(flow: Flow, matters: (action: Action, node: number) => boolean): Sliced {
  const reached = reachable(flow);
  const skips = new Map<number, number>();
  for (const node of reached) {
    const from = flow.nodes[node];
    if (from && from.action.kind !== "branch" && !matters(from.action, node)) skips.set(node, from.next);
  }
  skipIdleBranches(flow, reached, skips);
  const arrive = (start: number): Arrival => follow(flow, skips, start);
  const kept = new Set<number>();
  const todo = [arrive(flow.entry).node];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node < 0 || kept.has(node)) continue;
    kept.add(node);
    const { next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
    for (const each of [next, otherwise]) if (each >= 0) todo.push(arrive(each).node);
  }
  return { nodes: [...kept].sort((one, other) => one - other), entry: arrive(flow.entry).node, arrive };
}

function reachable(flow: Flow): readonly number[] {
  const seen = new Set<number>();
  const todo = [flow.entry];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node < 0 || seen.has(node)) continue;
    seen.add(node);
    const { next = -1, otherwise = -1 } = flow.nodes[node] ?? {};
    todo.push(next, otherwise);
  }
  return [...seen].sort((one, other) => other - one);
}

/** A branch whose sides arrive at one node, or one of which only comes back to it, decides nothing. */
function skipIdleBranches(flow: Flow, reached: readonly number[], skips: Map<number, number>): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (const node of reached) {
      const branch = flow.nodes[node];
      if (branch?.action.kind !== "branch" || skips.has(node)) continue;
      const [yes, no] = [follow(flow, skips, branch.next).node, follow(flow, skips, branch.otherwise).node];
      if (yes !== no && yes !== node && no !== node) continue;
      if (yes === node && no === node) continue;
      skips.set(node, yes === node ? branch.otherwise : branch.next);
      changed = true;
    }
  }
}

function follow(flow: Flow, skips: ReadonlyMap<number, number>, start: number): Arrival {
  const jumps: number[] = [];
  const seen = new Set<number>();
  let node = start;
  for (let to = skips.get(node); to !== undefined && !seen.has(node); to = skips.get(node)) {
    seen.add(node);
    if (flow.nodes[node]?.action.kind === "jump") jumps.push(node);
    node = to;
  }
  return { node, jumps };
}
