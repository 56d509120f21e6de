import type { Expression } from "../model/ir/expression.ts";
import type { Event, Update, Variable } from "../model/ir/model.ts";
import type { Observations } from "../model/kernel/observation.ts";

/** A rule that a model is judged by. It reads observations, never a scenario's variables by name. */
export interface Property {
  /** As users see it: ptl-held, lazy-mmu-balanced, ... */
  readonly name: string;
  readonly summary: string;
  /** Where the rule comes from: kernel file and function. */
  readonly kernel: string;
  watch(observe: Observations): Watch;
}

export interface Watch {
  /** Memory of its own, where the state alone does not tell. Names start with the property's. */
  readonly observers?: readonly Variable[];
  /** What an event demands and what is remembered of it, read in the state before the event. */
  on?(event: Event): Reaction | undefined;
  /** Must hold in every state, of every task. */
  readonly always?: { readonly condition: Expression; readonly message: string };
  /** A state without successors has every task at an end. */
  readonly noDeadlock?: boolean;
}

export interface Reaction {
  readonly require?: readonly Requirement[];
  readonly remember?: readonly Update[];
}

export interface Requirement {
  readonly condition: Expression;
  readonly message: string;
}
