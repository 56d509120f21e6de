import type { Source } from "../model/ir/model.ts";

/** One step of a run, as data: enough to replay it without a search. */
export interface Move {
  /** The acting task's id, from 1. */
  readonly task: number;
  /** Position in the transitions of that task's program. */
  readonly transition: number;
  /** The value of the transition's choice, where it has one. */
  readonly choice?: number;
}

/** A run: which of the model's initial states (in the order of `initialStates`), then the moves. */
export interface Run {
  readonly initial: number;
  readonly moves: readonly Move[];
}

/** What is wrong with a model, and a run to it; its last move is the one at fault, where it is a move. */
export interface FoundFault {
  readonly message: string;
  /** Whose condition cannot be judged; absent where it is the model itself that is wrong. */
  readonly property?: string;
  readonly run: Run;
}

export type Verdict =
  | "violated"
  | "holds"
  | "holds-within-bound"
  | "interrupted"
  | "error"
  | "nothing-to-check";

export interface PropertyResult {
  readonly property: string;
  readonly verdict: Verdict;
  /**
   * Shortest run to the violation, or to what is wrong with the model; its last move is the violating or the wrong one
   * where a transition's assertion failed or a move cannot be taken.
   */
  readonly run?: Run;
  /** False where the run was found under reductions and a full search was out of reach: not proven shortest. */
  readonly shortest?: boolean;
  /** What failed, or is wrong with the model, in words. */
  readonly message?: string;
  /** False where nothing that was reached could have violated it. */
  readonly evaluated: boolean;
}

/** What kept the search from being exhaustive. */
export interface Bound {
  readonly kind: "states" | "depth" | "time" | "memory" | "margin" | "omission";
  /** E.g. `1000000 states`, `rcu_depth at -5`. */
  readonly detail: string;
}

/** Two transitions' worth of a dead spot: never taken in any reachable state. */
export interface Unreached {
  readonly program: string;
  readonly transition: number;
  readonly label: string;
  readonly source?: Source;
}

export interface SearchResult {
  readonly properties: readonly PropertyResult[];
  /** Distinct states stored. */
  readonly states: number;
  /** Transitions fired, those to known states included. */
  readonly transitions: number;
  /** Steps from an initial state to the farthest state expanded. */
  readonly depth: number;
  readonly bounds: readonly Bound[];
  readonly unreached: readonly Unreached[];
  readonly interrupted: boolean;
  /** E.g. `packed-js`. */
  readonly backEnd: string;
  /** Which reductions were applied, and why the others were not. */
  readonly reductions?: readonly Reduction[];
  /** What is wrong with the model, where the search came upon it; verdicts are `error` for this. */
  readonly fault?: FoundFault;
  /** What else a reader must know to take the verdicts for what they are. */
  readonly notes?: readonly string[];
}

/** What the search made of one way to store fewer states. */
export interface Reduction {
  readonly reduction: "safe-moves" | "chains" | "symmetry" | "dead-values";
  readonly applied: boolean;
  /** To what, or why not. */
  readonly detail: string;
}
