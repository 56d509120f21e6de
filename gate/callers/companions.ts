import { callGraph } from "../../tree/call-graph.ts";
import { SIDES, type Side } from "../diff/diff.ts";
import type { Judge, KnownEffects } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";

/**
 * What is known, and beside it what those functions do that `calls` names and that the files which define the
 * changed ones define as well: a changed unlock says little to who does not know the lock that goes with it.
 */
export async function withCompanions(
  known: KnownEffects,
  calls: ReadonlySet<string>,
  defining: readonly PairJudgement[],
  judge: Judge,
): Promise<KnownEffects> {
  const effects = { before: new Map(known.before), after: new Map(known.after) };
  for (const file of defining) {
    for (const side of SIDES) {
      const image = file.pair[side];
      const names = openNames(file, side).filter((name) => calls.has(name) && !effects[side].has(name));
      if (!image || names.length === 0) continue;
      const { effects: found } = await judge(image, names, known[side]);
      for (const name of names) if (found?.has(name)) effects[side].set(name, found.get(name));
    }
  }
  return effects;
}

/** Functions of one side that other files can call by name. */
export function openNames({ pair }: PairJudgement, side: Side): readonly string[] {
  const image = pair[side];
  if (!image) return [];
  const graph = callGraph(image.text, image.file);
  return [...graph.parameters.keys()].filter((name) => !graph.private.has(name));
}
