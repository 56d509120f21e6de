import type { Decision, Source } from "../../model/ir/model.ts";
import type { Explanation } from "../explain/explanation.ts";

/** A counterexample as data: what it is a trace of, and each step in values that people read. */
export interface Trace {
  readonly schema: "holdfast-trace";
  /** Raised whenever a reader of the older form would misread the newer. */
  readonly schemaVersion: 1;
  /** The version of holdfast that wrote it. */
  readonly tool: string;
  readonly model: ModelIdentity;
  readonly property: string;
  /** `error`: the model is wrong at the end of the run, so that the property cannot be judged. */
  readonly verdict: "violated" | "error";
  /** What failed or is wrong, in words. */
  readonly message: string;
  /** False where a full search has not shown that no shorter run violates the property. */
  readonly shortest: boolean;
  /** Which initial state, in the order of the interpreter's `initialStates`, from 0. */
  readonly initial: number;
  readonly steps: readonly TraceStep[];
  /** Why the run violates the property; absent where nobody has asked. */
  readonly explanation?: Explanation;
}

/** Which model a trace belongs to; the digest refuses a model that has changed since. */
export interface ModelIdentity {
  /** A scenario's id, or the path of a user's model. */
  readonly scenario: string;
  readonly version?: string;
  readonly parameters: Readonly<Record<string, number>>;
  /** SHA-256 of variables, programs and tasks, in hex. */
  readonly digest: string;
}

export interface TraceStep {
  /** From 1. */
  readonly task: number;
  /** Position in the transitions of the task's program, from 0. */
  readonly transition: number;
  /** The value of the transition's choice, where it has one. */
  readonly choice?: number;
  readonly label: string;
  readonly source?: Source;
  readonly decision?: Decision;
  /** Not the ordinary outcome: trylock fails, split fails, ... */
  readonly adverse: boolean;
  readonly changes: readonly Change[];
  /** By the acting task, after the step. */
  readonly held: readonly string[];
  readonly events: readonly TraceEvent[];
}

/** One variable, or element of one, before and after. */
export interface Change {
  /** With its task and index where it has them: `position`, `folio-lock.owner[folio 1]`. */
  readonly variable: string;
  /** Whose it is, from 1; absent where it is shared. */
  readonly task?: number;
  readonly from: string;
  readonly to: string;
}

export interface TraceEvent {
  readonly kind: string;
  readonly object: string;
  readonly instance?: number;
  readonly mode?: string;
}
