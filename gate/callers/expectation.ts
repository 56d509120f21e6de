import type { Side } from "../diff/diff.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { callGraph } from "./call-graph.ts";
import { type ChangedEffect, changeOn, otherSide } from "./changed-effects.ts";
import type { EffectChange } from "./effect-change.ts";
import { EXIT_IMBALANCE } from "./exit-change.ts";

/** Where the callers of a function were judged. */
export interface JudgedCallers {
  /** Its own file, in one judgement or more. */
  readonly own: readonly PairJudgement[];
  readonly elsewhere: readonly PairJudgement[];
}

/**
 * Whether all callers take a changed effect up: what they do to their own callers' locks is what it was,
 * or is expected in its turn. To leave locks alone needs no caller; to change them does.
 */
export function isExpected(
  { name, side, change, private: isPrivate }: ChangedEffect,
  callers: JudgedCallers,
) {
  const seen = new Set<string>();
  const expects = (callee: string, effect: EffectChange, files: readonly PairJudgement[]): boolean => {
    seen.add(callee);
    const found = distinctCallers(callee, side, files).filter(({ caller }) => !seen.has(caller));
    if (found.length === 0) return effect.neutral;
    return found.every(({ caller, judged }) => {
      if (isFound(judged, side, caller)) return true;
      const own = changeOn(judged, side, caller);
      return own === undefined ? !losesBalance(judged, side, caller) : expects(caller, own, callers.own);
    });
  };
  return expects(name, change, isPrivate ? callers.own : [...callers.own, ...callers.elsewhere]);
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

/** A caller in which something else is found speaks for itself. */
const isFound = (judged: PairJudgement, side: Side, caller: string): boolean =>
  judged[side].some(({ finding }) => finding.function === caller && finding.rule !== EXIT_IMBALANCE);

/** A caller that, on this side alone, returns with a lock that none of its own callers can know. */
function losesBalance(judged: PairJudgement, side: Side, caller: string): boolean {
  const imbalances = (each: Side) =>
    judged[each].filter(({ finding }) => finding.function === caller && finding.rule === EXIT_IMBALANCE)
      .length;
  return imbalances(side) > imbalances(otherSide(side));
}
