import type { Translation } from "../../model/c/index.ts";
import type { Lines } from "../../model/c/source/index.ts";

/** A step of a function by where it stands: the nth on its line. */
export interface Stop {
  readonly line: number;
  readonly nth: number;
}

/** The steps of a function, by line. */
export interface Steps {
  /** Steps on these lines that come behind steps on others. */
  entries(lines: ReadonlySet<number>): readonly Stop[];
  /** Steps on other lines that come behind steps on these. */
  exits(lines: ReadonlySet<number>): readonly Stop[];
  /** Where the model stands when it comes to the step; undefined where there is none. */
  location(stop: Stop): string | undefined;
}

export function stepsOf({ plan }: Translation, lines: Lines): Steps {
  const { flow, kept } = plan;
  const lineOf = flow.nodes.map(({ at }) => lines.lineAt(at));
  const on = new Map<number, number[]>();
  lineOf.forEach((line, node) => {
    on.set(line, [...(on.get(line) ?? []), node]);
  });
  const edges = flow.nodes.flatMap(({ next, otherwise }, from) =>
    [next, otherwise].flatMap((to) => (to < 0 ? [] : [{ from, to }])),
  );
  const stopAt = (node: number): Stop => {
    const line = lineOf[node] ?? 0;
    return { line, nth: on.get(line)?.indexOf(node) ?? 0 };
  };
  const isOn = (wanted: ReadonlySet<number>, node: number) => wanted.has(lineOf[node] ?? 0);
  const distinct = (nodes: readonly number[]) => [...new Set(nodes)].map(stopAt);
  return {
    entries: (wanted) => {
      // What is learned behind an else that is not there stands on the line of the branch before.
      const isStep = (node: number) => {
        const { action, next = -1 } = flow.nodes[node] ?? {};
        return (action?.kind !== "join" && action?.kind !== "forget") || isOn(wanted, next);
      };
      const entered = edges.filter(({ from, to }) => isOn(wanted, to) && !isOn(wanted, from) && isStep(to));
      const first = isOn(wanted, flow.entry) ? [flow.entry] : [];
      return distinct([...first, ...entered.map(({ to }) => to)]);
    },
    exits: (wanted) =>
      distinct(edges.flatMap(({ from, to }) => (isOn(wanted, from) && !isOn(wanted, to) ? [to] : []))),
    location: ({ line, nth }) => {
      const node = on.get(line)?.[nth];
      if (node === undefined) return undefined;
      const arrived = kept.arrive(node).node;
      return arrived < 0 ? "end" : `n${arrived}`;
    },
  };
}
