import type { Event, Update, Variable } from "../../ir/model.ts";
import type { Observations } from "../../kernel/observation.ts";
import type { Effect } from "../../kernel/resource.ts";
import type { ResolvedOutcome } from "../calls/calls.ts";
import type { Key } from "../calls/key.ts";
import type { Listed, SleepChain } from "../knowledge/effect.ts";
import type { FactPlace } from "../plan/facts.ts";
import type { Move } from "../plan/moves.ts";
import type { Plan } from "../plan/plan.ts";

/** An event with the lock that it is about. */
export interface LockEvent extends Event {
  readonly key?: number;
  /** The lock that its context is entered and left with. */
  readonly coupled?: number;
  /** The lock that is released with an unmapping. */
  readonly releasedWith?: number;
  /** Of a sleep within a callee: the calls that lead there. */
  readonly chain?: SleepChain;
  readonly confirmed?: true;
  /** Of a sleep: the generated list alone says so. */
  readonly listed?: Listed;
}

/** What one transition does, at once. It waits until its guard holds. */
export interface Step extends Effect {
  /** Which of several steps of a call it is, for the trace. */
  readonly name?: string;
  readonly events?: readonly LockEvent[];
}

/**
 * How a function's program keeps the state of its locks, mappings and contexts: as what the function has done to
 * each, where it is judged alone; as who owns each, where it is a task beside others.
 */
export interface Binding {
  /** Shared, or of the task; with their values on entry. */
  readonly variables: readonly Variable[];
  /** Where a fact is kept, by the text that it is about: a fact that several tasks share has one name in all. */
  factPlace(text: string): FactPlace;
  /** A call of this name that turns out so. Between its steps other tasks may run. */
  call(name: string, outcome: ResolvedOutcome): readonly Step[];
  /** Nothing is known of these locks any more. */
  forget(keys: readonly Key[]): readonly Update[];
  /** An unknown callee was given what these locks belong to, and may release them. */
  handOver(keys: readonly Key[]): readonly Update[];
  /**
   * The pointer that leads to the lock becomes another one: the one to `source`, where that is known. `leaving` tells
   * how, where the lock that it led to stays as it is.
   */
  repoint(key: Key, source: Key | undefined, leaving?: Move): readonly Update[];
  /**
   * The number that leads to the lock is counted on: it is now what `next` was. `left` tells what becomes of the one that
   * it was: another key names it, or none.
   */
  countOn(key: Key, next: Key | undefined, left: Move | "named" | undefined): readonly Update[];
  /** What a loop makes of the locks that it takes one after the other, or gives back: a step of it, or its end. */
  loopStep(keys: readonly Key[], how: "passed" | "taken" | "given"): readonly Update[];
  /** What the return means to the locks. */
  returnEvents(): readonly LockEvent[];
  /** What properties may know where an event happens; of no particular lock without one. */
  observe(event?: LockEvent): Observations;
}

/** A plan, and how its program keeps the state that it speaks of. */
export interface BoundPlan extends Plan {
  readonly binding: Binding;
}
