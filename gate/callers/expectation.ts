import { isUnclear } from "../../model/c/knowledge/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { keyOf } from "../compare/identity.ts";
import { otherSide, type Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import type { PlacedFinding } from "../judge/place.ts";
import type { Image } from "../rebuild/rebuild.ts";
import { type ChangedEffect, changeOn } from "./changed-effects.ts";
import type { EffectChange } from "./effect-change.ts";
import { EXIT_IMBALANCE } from "./exit-change.ts";

/** Where the callers of a function were judged. */
export interface JudgedCallers {
  /** Its own file, in one judgement or more. */
  readonly own: readonly PairJudgement[];
  readonly elsewhere: readonly PairJudgement[];
}

/**
 * Whether callers take a changed effect up: what they do to their own callers' locks is what it was, or is
 * expected in its turn. One in which something is found speaks for itself, unless it is so with all of
 * them. To leave locks alone needs no caller; to change them does.
 */
export function isExpected(
  { name, side, change, private: isPrivate }: ChangedEffect,
  callers: JudgedCallers,
) {
  const all = [...callers.own, ...callers.elsewhere];
  const seen = new Set<string>();
  const expects = (callee: string, effect: EffectChange, files: readonly PairJudgement[]): boolean => {
    seen.add(callee);
    const found = distinctCallers(callee, side, files).filter(({ caller }) => !seen.has(caller));
    const sound = found.filter(({ caller, judged }) => !isFound(judged, side, caller));
    if (found.length === 0) return effect.neutral;
    return (
      sound.length > 0 &&
      sound.every(({ caller, judged }) => {
        const own = changeOn(judged, side, caller);
        if (own.kind === "changed")
          return expects(caller, own.change, mayCall(caller, judged.pair[side], all));
        return !losesBalance(judged, side, caller) && !losesClarity(judged, side, caller);
      })
    );
  };
  return expects(name, change, isPrivate ? callers.own : all);
}

/** Where a function can be called by its name: in its own file alone, where it is static and in no header. */
function mayCall(
  name: string,
  image: Image | undefined,
  all: readonly PairJudgement[],
): readonly PairJudgement[] {
  if (!image || !callGraph(image.text, image.file).private.has(name)) return all;
  return all.filter(({ pair }) => (pair.after ?? pair.before)?.file === image.file);
}

interface Caller {
  readonly caller: string;
  readonly judged: PairJudgement;
}

/** A caller counts where it was judged: its effect is known there. */
function distinctCallers(callee: string, side: Side, files: readonly PairJudgement[]): readonly Caller[] {
  const callers = new Map<string, Caller>();
  for (const judged of files) {
    const image = judged.pair[side];
    for (const caller of image ? callGraph(image.text, image.file).directCallers(callee) : []) {
      const key = `${image?.file} ${caller}`;
      const isJudged = judged.reports[side].effects?.has(caller) === true;
      if (isJudged || !callers.has(key)) callers.set(key, { caller, judged });
    }
  }
  return [...callers.values()];
}

/** Something is found in the caller, on this side alone, that is more than passing the effect on. */
const isFound = (judged: PairJudgement, side: Side, caller: string): boolean =>
  newOn(judged, side).some((each) => each.function === caller && each.rule !== EXIT_IMBALANCE);

/** Findings of one side that the other lacks. */
export function newOn(judged: PairJudgement, side: Side): readonly PlacedFinding[] {
  const known = new Set(judged[otherSide(side)].map(({ identity }) => keyOf(identity)));
  return judged[side].flatMap(({ finding, identity }) => (known.has(keyOf(identity)) ? [] : [finding]));
}

/** A caller of which, on this side alone, nothing can be said any more. */
const losesClarity = ({ reports }: PairJudgement, side: Side, caller: string): boolean =>
  isUnclear(reports[side].effects?.get(caller)) && !isUnclear(reports[otherSide(side)].effects?.get(caller));

/** A caller that, on this side alone, returns with a lock that none of its own callers can know. */
const losesBalance = (judged: PairJudgement, side: Side, caller: string): boolean =>
  newOn(judged, side).some((each) => each.function === caller && each.rule === EXIT_IMBALANCE);
