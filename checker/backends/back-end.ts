import type { Problem } from "../problem.ts";
import type { Bound, Run } from "../result.ts";
import type { Projection } from "../store/projection.ts";
import type { EngineReport, Memory } from "./memory.ts";

/** A way of running a model: it stores states in the order of their discovery and expands them. */
export interface BackEnd {
  readonly name: string;
  /** Whether several workers can share the work. */
  readonly parallel?: boolean;
  /** Why it cannot run the problem; undefined where it can. */
  refuse?(problem: Problem): string | undefined;
  start(problem: Problem, options: StartOptions): Engine;
}

export interface StartOptions {
  /** Whether parents must be those with the fewest adverse choices; some back ends always see to it. */
  readonly weighted: boolean;
  /** Threads, the caller's among them; 1 where absent. */
  readonly workers?: number;
  /** What an earlier search has stored, to go on with. */
  readonly memory?: Memory | undefined;
}

export interface Engine {
  readonly name: string;
  readonly report: EngineReport;
  /** Whether parents are those with the fewest adverse choices. */
  readonly weighted: boolean;
  /** False where the order of states within a level is not always the same. */
  readonly ordered?: boolean;
  /** Distinct states stored. */
  size(): number;
  /** Stores an initial state, packed; false where it is known. */
  insert(words: Uint32Array): boolean;
  /**
   * Judges the stored states `from`..`to - 1`, all of them of the level, and stores their successors.
   * Stops at a state in which the model is wrong, and reports it.
   */
  expand(from: number, to: number, level: Level): void;
  /** The packed state. */
  state(index: number): Uint32Array;
  /** The state it was first reached from; NO_STATE for an initial one. */
  parent(index: number): number;
  /** Adverse choices on the way to it, where weighted. */
  weight(index: number): number;
  /** What is not kept of the states that are stored, so that a move leads to what is left of its target. */
  readonly projection?: Projection | undefined;
  /** The run along stored states, where these are not each a move apart; with the move that fails the check, if any. */
  runAlong?(path: readonly Uint32Array[], check?: number): Run;
  /** Whether memory has ended, so that states were left unexpanded. */
  exhausted?(): boolean;
  /** The packed state in which the model is wrong, where `state` does not give it. */
  faultyState?(): Uint32Array;
  /** What states that were taken for others may have cost; absent where none were. */
  omission?(): Bound;
  /** All that is stored: each state's words, then its parent; absent where that is not all one needs. */
  records?(): Uint32Array;
  /** Memory held for states, in bytes. */
  bytes(): number;
  /** Lets workers go; what is stored can still be read. */
  close?(): void;
}

/** The states of one depth: indices from `start` up to `end`, exclusive. */
export interface Level {
  readonly start: number;
  readonly end: number;
}
