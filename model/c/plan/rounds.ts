import type { Flow } from "../flow/graph.ts";

/** Which loop a node goes round in, by a number for each outermost loop; undefined for one that is in none. */
export function roundOf({ nodes, entry }: Flow): (node: number) => number | undefined {
  const rounds = new Map<number, number>();
  for (const { head, nodes: members } of ringsIn(nodes, entry))
    for (const each of members) rounds.set(each, head);
  return (node) => rounds.get(node);
}

/** A loop: where it is come into, and the nodes that it goes round by. */
export interface Loop {
  readonly head: number;
  readonly nodes: ReadonlySet<number>;
}

type Nodes = Flow["nodes"];

/**
 * The outermost loops that are come to from a node, with where each is come into; `within`, those inside a loop that has
 * its head there.
 */
function ringsIn(nodes: Nodes, entry: number, within?: ReadonlySet<number>): readonly Loop[] {
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

/** Loops within more than so many others are not told apart from the innermost of these. */
const MAX_DEPTH = 8;

/** The loops that each node goes round in, the innermost first. */
export function loopsOf(flow: Flow): (node: number) => readonly Loop[] {
  const around = new Map<number, Loop[]>();
  let todo = ringsIn(flow.nodes, flow.entry);
  for (let depth = 0; depth < MAX_DEPTH && todo.length > 0; depth++) {
    for (const loop of todo)
      for (const node of loop.nodes) around.set(node, [loop, ...(around.get(node) ?? [])]);
    todo = todo.flatMap(({ head, nodes }) => ringsIn(flow.nodes, head, nodes));
  }
  return (node) => around.get(node) ?? [];
}
