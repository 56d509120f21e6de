import type { Source } from "../../model/ir/model.ts";

/** Why a run violates its property, beside the run itself. Steps are numbered from 1. */
export interface Explanation {
  /** The parts of the property's condition that fail at the end. */
  readonly failed: readonly FailedPart[];
  /** The last step after which it still held: 0 is the initial state; absent where it never did. */
  readonly heldAfter?: number;
  /** The step that broke it, or (`owed`) made an obligation that was never met. */
  readonly lost?: { readonly step: number; readonly kind: "broken" | "owed" };
  readonly pivot?: Pivot;
  /** Where the violating path parts from the good one: what a reviewer would point at. */
  readonly guilty?: { readonly step: number; readonly source?: Source };
}

/** A part of a condition, in words, and the values that make it fail: `ptl.owner is none`. */
export interface FailedPart {
  readonly demanded: string;
  readonly found: readonly string[];
}

/** The last outcome or branch that could have gone another way, to an end without the violation. */
export interface Pivot {
  readonly step: number;
  /** What went this way: a call or a condition. */
  readonly subject: string;
  readonly taken: string;
  /** The way that ends well, whatever ordinary outcomes follow. */
  readonly instead: string;
  /** False where a limit kept the search from seeing all that follows. */
  readonly certain: boolean;
}
