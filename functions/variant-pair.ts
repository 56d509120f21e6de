import type { Flow, LockVariants } from "../model/c/index.ts";

/**
 * Whether an acquisition and a release of different variants belong together whatever conditions say: all
 * releases behind the acquisition, or all acquisitions before the release, are of the other variant.
 */
export function isMispaired(flow: Flow, { taken, given }: LockVariants, from: number, to: number): boolean {
  const calls = new Set([...taken.keys(), ...given.keys()]);
  const releases = firstBehind(successorsIn(flow), from, calls).filter((node) => given.has(node));
  if (releases.every((node) => given.get(node) !== taken.get(from))) return true;
  const acquisitions = firstBehind(predecessorsIn(flow), to, calls).filter((node) => taken.has(node));
  return acquisitions.every((node) => taken.get(node) !== given.get(to));
}

type Edges = (node: number) => readonly number[];

/** The first of `calls` on each path that leads on from a node. */
function firstBehind(edges: Edges, from: number, calls: ReadonlySet<number>): readonly number[] {
  const found = new Set<number>();
  const seen = new Set<number>();
  const todo = [...edges(from)];
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (calls.has(node)) found.add(node);
    else todo.push(...edges(node));
  }
  return [...found];
}

const successorsIn =
  ({ nodes }: Flow): Edges =>
  (node) => {
    const { next = -1, otherwise = -1 } = nodes[node] ?? {};
    return [next, otherwise].filter((each) => each >= 0);
  };

function predecessorsIn(flow: Flow): Edges {
  const successors = successorsIn(flow);
  const before = new Map<number, number[]>();
  for (const node of flow.nodes.keys()) {
    for (const each of successors(node)) before.set(each, [...(before.get(each) ?? []), node]);
  }
  return (node) => before.get(node) ?? [];
}
