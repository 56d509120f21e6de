import type { Flow } from "../flow/graph.ts";
import { ringsIn } from "./rounds.ts";

/** A loop: where it is come into, and the nodes that it goes round by. */
export interface Loop {
  readonly head: number;
  readonly nodes: ReadonlySet<number>;
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
