import type { CheckResult } from "../../functions/check.ts";
import type { CallEffect } from "../../model/c/knowledge/index.ts";
import { isSameEffect } from "../callers/effect-change.ts";
import type { Side } from "../diff/diff.ts";
import type { Effects, KnownEffects } from "../judge/judge.ts";

/** What is known of callees on one side, of this file and of others. */
export const effectsOn = (
  side: Side,
  reports: Readonly<Record<Side, CheckResult>>,
  known: KnownEffects | undefined,
): Effects => new Map([...(known?.[side] ?? []), ...(reports[side].effects ?? [])]);

/** Functions that do one thing on one side and another on the other. */
export function differing(before: Effects, after: Effects): ReadonlySet<string> {
  const names = [...new Set([...before.keys(), ...after.keys()])];
  return new Set(names.filter((name) => !isSameEffect(before.get(name), after.get(name))));
}

/**
 * What a callee does that is not understood is the same on both sides where the callee is: it is taken to
 * leave locks alone, so that what lies behind it can be told apart.
 */
export function sharpened(
  before: Effects,
  after: Effects,
  different: ReadonlySet<string>,
): Readonly<Record<Side, Effects>> {
  const sharpen = (effects: Effects): Effects =>
    new Map([...effects].map(([name, effect]) => [name, different.has(name) ? effect : clear(effect)]));
  return { before: sharpen(before), after: sharpen(after) };
}

const clear = (effect: CallEffect | undefined): CallEffect | undefined =>
  effect && {
    ...effect,
    outcomes: effect.outcomes.map(({ taints: _, forgets: __, ...outcome }) => outcome),
  };
