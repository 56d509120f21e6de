import type { FlowNode, Key, Translation } from "../model/c/index.ts";

/** The nodes that take a lock. */
export const acquisitionsOf = (key: Key, plan: Translation["plan"]): readonly number[] =>
  nodesThat(TAKE, key, plan);

/** The nodes that release a lock. */
export const releasesOf = (key: Key, plan: Translation["plan"]): readonly number[] =>
  nodesThat(RELEASE, key, plan);

const TAKE: ReadonlySet<string> = new Set(["acquire", "enter"]);
const RELEASE: ReadonlySet<string> = new Set(["release", "leave"]);

const nodesThat = (
  kinds: ReadonlySet<string>,
  { index }: Key,
  { calls }: Translation["plan"],
): readonly number[] =>
  [...calls.outcomes].flatMap(([node, outcomes]) =>
    outcomes.some(({ does }) => does.some(({ operation, key }) => key === index && kinds.has(operation.kind)))
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

/** The node of the return that an exit's location stands for; -1 for none. */
export const returnNode = (model: Translation["model"], site: number): number =>
  Number(/^n(\d+)/.exec(model.programs[0]?.locations[site]?.name ?? "")?.[1] ?? -1);

const behind = (node: FlowNode | undefined): readonly number[] =>
  node ? [node.next, node.otherwise].filter((each) => each >= 0) : [];
