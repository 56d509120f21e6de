import { type CallGraph, callGraph } from "../../tree/call-graph.ts";
import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { ChangedEffect } from "./changed-effects.ts";

/** Which of the changed functions one calls, the nearest; undefined where it calls none. */
export type Blame = (side: Side, file: string, name: string) => ChangedEffect | undefined;

/** Follows calls through all files that were judged, headers' wrappers among them. */
export function blameOf(changes: readonly ChangedEffect[], judged: readonly PairJudgement[]): Blame {
  const sides = {
    before: nearestOn("before", changes, judged),
    after: nearestOn("after", changes, judged),
  };
  return (side, file, name) => sides[side].get(keyOf(file, name));
}

const keyOf = (file: string, name: string): string => `${file} ${name}`;

interface Reached {
  readonly file: string;
  readonly name: string;
  readonly cause: ChangedEffect;
}

/** All callers at once, those that are nearer first: each is reached from what it is nearest to. */
function nearestOn(
  side: Side,
  changes: readonly ChangedEffect[],
  judged: readonly PairJudgement[],
): ReadonlyMap<string, ChangedEffect> {
  const graphs = graphsOn(side, judged);
  const causes = changes.filter((each) => each.side === side);
  const nearest = new Map<string, ChangedEffect>();
  const reached: Reached[] = causes.map((cause) => ({ file: cause.file, name: cause.name, cause }));
  for (const { file, name, cause } of reached) {
    const isPrivate = graphs.get(file)?.private.has(name) === true;
    for (const [caller, graph] of graphs) {
      if (isPrivate && caller !== file) continue;
      for (const each of graph.directCallers(name)) {
        const key = keyOf(caller, each);
        if (nearest.has(key) || key === keyOf(cause.file, cause.name)) continue;
        nearest.set(key, cause);
        reached.push({ file: caller, name: each, cause });
      }
    }
  }
  return nearest;
}

const graphsOn = (side: Side, judged: readonly PairJudgement[]): ReadonlyMap<string, CallGraph> =>
  new Map(
    judged.flatMap(({ pair }) => {
      const image = pair[side];
      return image ? [[image.file, callGraph(image.text, image.file)] as const] : [];
    }),
  );
