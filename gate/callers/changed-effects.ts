import { type CallEffect, tableKnowledge } from "../../model/c/knowledge/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import { otherSide, type Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { compareEffects, type EffectChange, type EffectComparison } from "./effect-change.ts";

/** A function that on one side of a change does something to its callers' locks that it does not on the other. */
export interface ChangedEffect {
  readonly name: string;
  readonly file: string;
  /** The side on which it does that. */
  readonly side: Side;
  readonly change: EffectChange;
  readonly before: CallEffect | undefined;
  readonly after: CallEffect | undefined;
  /** Static, and not in a header: its callers are in its file. */
  readonly private: boolean;
}

/**
 * Functions with changed effects in one file, of those that the change touches or of others; of what is seen
 * only in part, nothing is said.
 */
export function changedEffects(
  judged: PairJudgement,
  side: Side,
  names: readonly string[] = changedFunctions(judged.pair),
): readonly ChangedEffect[] {
  const { pair, reports } = judged;
  const [image, other] = [pair[side], pair[otherSide(side)]];
  if (!image || !other || image.partial || other.partial) return [];
  const graph = callGraph(image.text, image.file);
  const known = callGraph(other.text, other.file).parameters;
  return names.flatMap((name) => {
    if (!known.has(name) || tableKnowledge.matters(name)) return [];
    const compared = changeOn(judged, side, name);
    if (compared.kind !== "changed") return [];
    const { change } = compared;
    const effects = { before: reports.before.effects?.get(name), after: reports.after.effects?.get(name) };
    return [{ name, file: image.file, side, change, ...effects, private: graph.private.has(name) }];
  });
}

/** What a function does on one side, compared with the other. */
export function changeOn({ pair, reports }: PairJudgement, side: Side, name: string): EffectComparison {
  const image = pair[side];
  const parameters = image && callGraph(image.text, image.file).parameters.get(name);
  const [was, is] = [otherSide(side), side].map((each) => reports[each].effects?.get(name));
  return compareEffects(was, is, parameters ?? []);
}
