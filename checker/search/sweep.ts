import type { Engine, Level } from "../backends/back-end.ts";
import type { Bound, SearchOptions } from "../result.ts";
import { NO_STATE } from "../store/state-store.ts";
import { exhaustion, limitReached } from "./limits.ts";
import type { Pausing } from "./pausing.ts";

/** How far a search came. */
export interface Sweep {
  /** By depth; the last may be expanded in part. */
  readonly levels: readonly Level[];
  /** Steps from an initial state to the farthest state expanded. */
  readonly depth: number;
  readonly bounds: readonly Bound[];
  readonly interrupted: boolean;
}

const SLICE = 4096;
/** Workers are called together for each slice, which costs more. */
const SHARED_SLICE = 16 * SLICE;
const PROGRESS_EVERY = 100;

/**
 * Expands level by level until nothing is left to expand, `settled` says at the end of a level that there
 * is nothing left to judge, or a limit is reached. This is the one search loop; it pauses after each slice.
 */
export function* sweep(
  engine: Engine,
  options: SearchOptions,
  settled: (sweep: Sweep) => boolean,
): Pausing<Sweep> {
  const started = performance.now();
  const levels: Level[] = [];
  const report = progressReporter(engine, options, started);
  let start = 0;
  for (let depth = 0; start < engine.size(); depth++) {
    const level = { start, end: engine.size() };
    const soFar = { levels, depth: Math.max(0, depth - 1), bounds: [], interrupted: false };
    if (settled(soFar)) return soFar;
    if (depth > (options.maxDepth ?? Number.POSITIVE_INFINITY)) {
      return { ...soFar, bounds: [{ kind: "depth", detail: `${options.maxDepth} steps` }] };
    }
    levels.push(level);
    for (let next = start; next < level.end; ) {
      const bound = limitReached(engine, options, started, next === start);
      if (bound) return { levels, depth, bounds: [bound], interrupted: false };
      if (options.interrupted?.()) return { levels, depth, bounds: [], interrupted: true };
      const end = Math.min(level.end, next + sliceSize(engine, options));
      engine.expand(next, end, level);
      const ended = exhaustion(engine);
      if (ended) return { levels, depth, bounds: [ended], interrupted: false };
      if (engine.report.faulty !== NO_STATE) return { levels, depth, bounds: [], interrupted: false };
      report(end, depth);
      next = end;
      yield;
    }
    start = level.end;
  }
  return { levels, depth: Math.max(0, levels.length - 1), bounds: [], interrupted: false };
}

/** Small near the limit on states, so that it is not overshot by much. */
function sliceSize(engine: Engine, { maxStates }: SearchOptions): number {
  if (engine.ordered === false) return SHARED_SLICE;
  if (maxStates === undefined) return SLICE;
  return Math.max(1, Math.min(SLICE, (maxStates - engine.size()) >> 3));
}

function progressReporter(engine: Engine, { progress }: SearchOptions, started: number) {
  let reported = started;
  return (expanded: number, depth: number): void => {
    const now = performance.now();
    if (!progress || now - reported < PROGRESS_EVERY) return;
    reported = now;
    const states = engine.size();
    progress({ states, frontier: states - expanded, depth, elapsed: (now - started) / 1000 });
  };
}
