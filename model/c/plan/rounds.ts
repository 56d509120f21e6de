import type { Flow } from "../flow/graph.ts";

/** Which loop a node goes round in, by a number for each outermost loop; undefined for one that is in none. */
export function roundOf({ nodes, entry }: Flow): (node: number) => number | undefined {
  const order = finished(entry, (node) => [nodes[node]?.next ?? -1, nodes[node]?.otherwise ?? -1]);
  const into = before({ nodes }, new Set(order));
  const rounds = new Map<number, number>();
  const seen = new Set<number>();
  for (const node of order.reverse()) {
    if (seen.has(node)) continue;
    const members = collect(node, into, seen);
    const isRound = members.length > 1 || into.get(node)?.includes(node);
    if (isRound) for (const each of members) rounds.set(each, node);
  }
  return (node) => rounds.get(node);
}

/** The nodes that are reached, each behind those that it leads to. */
function finished(entry: number, behind: (node: number) => readonly number[]): number[] {
  const order: number[] = [];
  const seen = new Set([entry]);
  const todo = [{ node: entry, left: [...behind(entry)] }];
  for (let top = todo.at(-1); top; top = todo.at(-1)) {
    const next = top.left.pop();
    if (next === undefined) {
      order.push(top.node);
      todo.pop();
    } else if (next >= 0 && !seen.has(next)) {
      seen.add(next);
      todo.push({ node: next, left: [...behind(next)] });
    }
  }
  return order;
}

function before(
  { nodes }: Pick<Flow, "nodes">,
  reached: ReadonlySet<number>,
): ReadonlyMap<number, readonly number[]> {
  const into = new Map<number, number[]>();
  for (const node of reached) {
    for (const to of [nodes[node]?.next ?? -1, nodes[node]?.otherwise ?? -1]) {
      if (to < 0) continue;
      const known = into.get(to);
      if (known) known.push(node);
      else into.set(to, [node]);
    }
  }
  return into;
}

function collect(
  from: number,
  into: ReadonlyMap<number, readonly number[]>,
  seen: Set<number>,
): readonly number[] {
  const members: number[] = [];
  const todo = [from];
  seen.add(from);
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    members.push(node);
    for (const each of into.get(node) ?? []) {
      if (seen.has(each)) continue;
      seen.add(each);
      todo.push(each);
    }
  }
  return members;
}
