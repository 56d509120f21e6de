import { heldLines } from "../../functions/held-lines.ts";
import { tableKnowledge, withEffects } from "../../model/c/knowledge/index.ts";
import type { Judge } from "../judge/judge.ts";
import type { Image } from "../rebuild/rebuild.ts";

/** What functions of an image hold where, and what they do to locks themselves. */
export interface HeldWhere extends Pick<Awaited<ReturnType<Judge>>, "effects"> {
  /** Locks and contexts, each by its family and its path, that are held on a line whatever path led to it. */
  at(name: string, line: number): Promise<ReadonlySet<string>>;
}

/** Judges these functions of an image, to tell what they hold. */
export async function heldWhere(image: Image, names: ReadonlySet<string>, judge: Judge): Promise<HeldWhere> {
  const { effects = new Map() } = await judge(image, [...names]);
  const known = withEffects(tableKnowledge, effects);
  const byName = new Map<string, ReturnType<typeof heldLines>>();
  const linesOf = (name: string) => {
    const lines = byName.get(name) ?? heldLines(image, name, known);
    byName.set(name, lines);
    return lines;
  };
  return {
    effects,
    at: async (name, line) => (await linesOf(name)).lines.find((one) => one.line === line)?.held ?? new Set(),
  };
}
