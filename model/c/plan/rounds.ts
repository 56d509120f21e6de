import type { Flow } from "../flow/graph.ts";

/** Which loop a node goes round in, by a number for each outermost loop; undefined for one that is in none. */
export function roundOf({ nodes, entry }: Flow): (node: number) => number | undefined {
  const rounds = new Map<number, number>();
  for (const { head, nodes: members } of ringsIn(nodes, entry))
    for (const each of members) rounds.set(each, head);
  return (node) => rounds.get(node);
}

type Nodes = Flow["nodes"];

/**
 * The outermost loops that are come to from a node, with where each is come into; `within`, those inside a loop that has
 * its head there.
 */
export function ringsIn(
  nodes: Nodes,
  entry: number,
  within?: ReadonlySet<number>,
): readonly { readonly head: number; readonly nodes: ReadonlySet<number> }[] {
  const behind = (node: number) =>
    [nodes[node]?.next ?? -1, nodes[node]?.otherwise ?? -1].filter(
      (to) => to >= 0 && (!within || (within.has(to) && to !== entry)),
    );
  const order = finished(entry, behind);
  const into = before(order, behind);
  const seen = new Set<number>();
  return order.reverse().flatMap((head) => {
    if (seen.has(head)) return [];
    const members = collect(head, into, seen);
    const isRing = members.length > 1 || into.get(head)?.includes(head);
    return isRing ? [{ head, nodes: new Set(members) }] : [];
  });
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
  reached: readonly number[],
  behind: (node: number) => readonly number[],
): ReadonlyMap<number, readonly number[]> {
  const into = new Map<number, number[]>();
  for (const node of reached) {
    for (const to of behind(node)) {
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
