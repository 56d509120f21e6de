import type { Problem } from "../problem.ts";
import type { Projection } from "../store/projection.ts";
import { NO_STATE, StateStore } from "../store/state-store.ts";

/** What an engine fills; another back end can go on with it. */
export interface Memory {
  readonly store: StateStore;
  readonly report: EngineReport;
  /** What need not be kept of the states that are stored. */
  readonly projection?: Projection | undefined;
}

export function emptyMemory(problem: Problem, weighted = true): Memory {
  return { store: new StateStore(problem.layout.words, weighted), report: emptyReport(problem) };
}

/** What was seen so far, by the problem's numbers. */
export interface EngineReport {
  /** Successors generated. */
  transitions: number;
  /** Per transition: 0 never, 1 enabled but each time at a margin, 2 taken. */
  readonly fired: Uint8Array;
  /** Per check: the first state in which it failed (was satisfied, for a witness), or NO_STATE. */
  readonly firstSeen: Uint32Array;
  /** Per end of a margin: 1 where a path ended there. */
  readonly margins: Uint8Array;
  /** The first state in which the model is wrong, or NO_STATE. */
  faulty: number;
}

export function emptyReport(problem: Problem): EngineReport {
  return {
    transitions: 0,
    fired: new Uint8Array(problem.transitions.length),
    firstSeen: new Uint32Array(problem.checks.length).fill(NO_STATE),
    margins: new Uint8Array(problem.margins.length),
    faulty: NO_STATE,
  };
}
