import { transitionOf } from "../../checker/interpret/interpret.ts";
import type { Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";

/** What a run costs its reader, the weightiest first. */
export interface Cost {
  readonly steps: number;
  /** Adverse outcomes. */
  readonly adverse: number;
  /** How often another task goes on. */
  readonly switches: number;
}

export function costOf(model: Model, { moves }: Run): Cost {
  return {
    steps: moves.length,
    adverse: moves.reduce((sum, move) => sum + transitionOf(model, move).weight, 0),
    switches: moves.filter(({ task }, at) => at > 0 && moves[at - 1]?.task !== task).length,
  };
}

/** Negative where the first is cheaper. */
export function compareCosts(one: Cost, other: Cost): number {
  return one.steps - other.steps || one.adverse - other.adverse || one.switches - other.switches;
}
