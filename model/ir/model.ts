import type { Domain, Sets } from "./domain.ts";
import type { Expression } from "./expression.ts";

/** A model is plain data: it is interpreted, compiled, exported and printed from this alone. */
export interface Model {
  readonly name: string;
  /** Sizes of the id sets other than `task`, e.g. { folio: 2 }. */
  readonly sets: Sets;
  readonly variables: readonly Variable[];
  readonly programs: readonly Program[];
  /** Which program each task runs; ids 1..n are given in this order. */
  readonly tasks: readonly TaskGroup[];
  /** What must hold in states, beside the assertions on transitions. */
  readonly invariants: readonly Invariant[];
}

export interface TaskGroup {
  readonly program: string;
  readonly count: number;
}

export interface Variable {
  readonly name: string;
  readonly domain: Domain;
  readonly scope: "shared" | "task";
  /** Makes it an array: one element per member of an id set, or per value of a range. */
  readonly index?: Domain;
  /** Possible initial values, the same for each element; several mean several initial states. */
  readonly initial: readonly number[];
}

export interface Program {
  readonly name: string;
  readonly start: string;
  readonly locations: readonly Location[];
  readonly transitions: readonly Transition[];
}

export interface Location {
  readonly name: string;
  /** A task may rest here for ever: being stuck here is no deadlock. */
  readonly end?: boolean;
}

/** 0 = the ordinary outcome, 1 = an adverse one (trylock fails, split fails, ...). */
export type Weight = 0 | 1;

export interface Transition {
  readonly from: string;
  readonly to: string;
  /** What the trace calls this step. */
  readonly label: string;
  /** True where absent. */
  readonly guard?: Expression;
  /** A name bound in guard, updates and assertions: one successor per value. */
  readonly choice?: Choice;
  /** Simultaneous: every right-hand side reads the state before. */
  readonly updates: readonly Update[];
  readonly weight: Weight;
  readonly source?: Source;
  readonly decision?: Decision;
  /** What happens during the step, in order, for properties to hook on. */
  readonly events?: readonly Event[];
  /** Judged in the state before, as the transition fires. */
  readonly assertions?: readonly Assertion[];
}

export interface Choice {
  readonly name: string;
  /** An id domain ranges over the members, never over none. */
  readonly domain: Domain;
}

export interface Update {
  readonly variable: string;
  readonly index?: Expression;
  /** Another task's variable; the acting task's where absent. */
  readonly of?: Expression;
  readonly value: Expression;
  /**
   * Where an update before it in the list writes the same place, this one counts: it happens after that one within
   * the step. Without it, two updates of one place are an error of the model.
   */
  readonly overrides?: true;
}

export interface Source {
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly text?: string;
}

/** Why this transition and not another from here: what the world answered, what the data was, or a branch. */
export interface Decision {
  readonly kind: "outcome" | "layout" | "branch";
  readonly subject: string;
  readonly alternative: string;
  /** A loop's own test: how much there is to do, and nobody's fault. */
  readonly loop?: true;
}

/** One abstract operation of a step with the updates it stands for, reading the state before *it*. */
export interface Event {
  readonly kind: string;
  readonly object: string;
  readonly instance?: Expression;
  /** How many instances from `instance` on; one where absent. */
  readonly extent?: Expression;
  readonly mode?: string;
  readonly updates: readonly Update[];
}

export interface Assertion {
  readonly property: string;
  readonly condition: Expression;
  /** What is wrong where it fails. */
  readonly message: string;
}

export type Invariant =
  /** In every reachable state; `self` is not bound. */
  | ({ readonly kind: "always" } & Assertion)
  /** Whenever a task of this program is at this location; `self` is that task. */
  | ({ readonly kind: "location"; readonly program: string; readonly location: string } & Assertion)
  /** Some reachable state satisfies it: its absence fails. */
  | ({ readonly kind: "sometimes" } & Assertion)
  /** A state with no successor has every task at an end location. */
  | { readonly kind: "no-deadlock"; readonly property: string };

/** How many tasks a model has, and which program task `id` (from 1) runs. */
export function programsByTask(model: Model): readonly string[] {
  return model.tasks.flatMap(({ program, count }) => Array<string>(count).fill(program));
}

/** The model's sets with `task`. */
export function setsOf(model: Model): Sets {
  return { ...model.sets, task: programsByTask(model).length };
}
