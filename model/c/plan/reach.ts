import type { ResolvedCalls } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import type { FlowNode } from "../flow/graph.ts";

interface Called {
  readonly calls: ResolvedCalls;
}

/** The nodes that take a lock. */
export const acquisitionsOf = ({ index }: Key, { calls }: Called): readonly number[] =>
  nodesThat(TAKE, new Set([index]), calls);

/** The nodes that release a lock. */
export const releasesOf = ({ index }: Key, { calls }: Called): readonly number[] =>
  nodesThat(RELEASE, new Set([index]), calls);

const TAKE: ReadonlySet<string> = new Set(["acquire", "enter"]);
const RELEASE: ReadonlySet<string> = new Set(["release", "leave"]);

/** The nodes that do something of these kinds to one of these locks, by their keys. */
export const nodesThat = (
  kinds: ReadonlySet<string>,
  keys: ReadonlySet<number>,
  { outcomes }: ResolvedCalls,
): readonly number[] =>
  [...outcomes].flatMap(([node, each]) =>
    each.some(({ does }) =>
      does.some(({ operation, key }) => key !== undefined && keys.has(key) && kinds.has(operation.kind)),
    )
      ? [node]
      : [],
  );

/** The nodes behind others, on ways that do not go through those left out. */
export function reachedFrom(
  nodes: readonly FlowNode[],
  from: readonly number[],
  without: ReadonlySet<number> = new Set(),
): ReadonlySet<number> {
  const reached = new Set<number>();
  const todo = [...from];
  for (let each = todo.pop(); each !== undefined; each = todo.pop()) {
    for (const next of behind(nodes[each])) {
      if (reached.has(next) || without.has(next)) continue;
      reached.add(next);
      todo.push(next);
    }
  }
  return reached;
}

const behind = (node: FlowNode | undefined): readonly number[] =>
  node ? [node.next, node.otherwise].filter((each) => each >= 0) : [];
