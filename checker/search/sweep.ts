import type { Engine, Level } from "../backends/back-end.ts";
import type { Position } from "../checkpoint/snapshot.ts";
import type { Bound } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { NO_STATE } from "../store/state-store.ts";
import { forgetSince, type LevelSnapshot, LevelSnapshots } from "./level-snapshot.ts";
import { exhaustion, limitReached } from "./limits.ts";
import { now, type Pausing } from "./time.ts";

/** How far a search came. */
export interface Sweep {
  /** By depth; the last may be expanded in part. */
  readonly levels: readonly Level[];
  /** Distinct states found. */
  readonly states: number;
  /** Steps from an initial state to the farthest state expanded. */
  readonly depth: number;
  readonly bounds: readonly Bound[];
  readonly interrupted: boolean;
}

/** What the one search loop asks of those who run it. */
export interface Course {
  /** Whether, after whole levels, nothing is left to judge. */
  settled(sweep: Sweep): boolean;
  /** Told of each slice that is done. */
  passed?(position: Position): void;
  /** Where an earlier search stopped. */
  readonly from?: Position;
}

const SLICE = 4096;
/** Workers are called together for each slice, which costs more. */
const SHARED_SLICE = 32 * SLICE;
const SHARED_LEAST = SLICE / 16;
const PROGRESS_EVERY = 100;

/**
 * Expands level by level until nothing is left to expand, nothing is left to judge, or a limit is reached.
 * This is the one search loop; it pauses after each slice.
 */
export function* sweep(engine: Engine, options: SearchOptions, course: Course): Pausing<Sweep> {
  const started = now();
  const report = progressReporter(engine, options, started);
  const levels: Level[] = [...(course.from?.levels ?? [])];
  let next = course.from?.next ?? 0;
  const snapshots = new LevelSnapshots(engine, options.maxStates);
  const reached = (bound?: Bound) => sweepOf(levels, engine.size(), bound);
  const short = exhaustion(engine);
  if (short) return reached(short);
  for (;;) {
    const snapshot = snapshots.overshot();
    if (snapshot) return backTo(snapshot, engine, levels, options, course);
    const known = levels.at(-1);
    if (!known || next === known.end) {
      const whole = reached();
      if (next === engine.size() || course.settled(whole)) return whole;
      if (levels.length > (options.maxDepth ?? Number.POSITIVE_INFINITY)) {
        return reached({ kind: "depth", detail: `${options.maxDepth} steps` });
      }
      levels.push({ start: next, end: engine.size() });
    }
    const level = levels.at(-1) ?? { start: 0, end: 0 };
    const bound = limitReached(engine, options, started);
    if (bound) return reached(bound);
    if (options.interrupted?.()) return { ...reached(), interrupted: true };
    snapshots.pass(level, next);
    const end = Math.min(level.end, next + sliceSize(engine, options));
    engine.expand(next, end, level);
    const ended = exhaustion(engine);
    if (ended || engine.report.faulty !== NO_STATE) return reached(ended);
    next = end;
    report(next, levels.length - 1);
    course.passed?.({ levels, next });
    yield;
  }
}

function sweepOf(levels: readonly Level[], states: number, bound?: Bound): Sweep {
  const bounds = bound ? [bound] : [];
  return { levels, states, depth: Math.max(0, levels.length - 1), bounds, interrupted: false };
}

/** Of a search that does not begin. */
export const unswept = (bound: Bound): Sweep => sweepOf([], 0, bound);

/** The search as it was at the snapshot. */
function backTo(
  snapshot: LevelSnapshot,
  engine: Engine,
  levels: readonly Level[],
  { maxStates }: SearchOptions,
  course: Course,
): Sweep {
  const { level, next } = snapshot;
  forgetSince(snapshot, engine);
  course.passed?.({ levels, next });
  const expanded = next === level.start ? levels.slice(0, -1) : levels;
  return sweepOf(expanded, level.end, { kind: "states", detail: `${maxStates} states` });
}

/** Small near the limit on states, so that it is not overshot by much. */
function sliceSize(engine: Engine, { maxStates }: SearchOptions): number {
  const [most, least] = engine.ordered === false ? [SHARED_SLICE, SHARED_LEAST] : [SLICE, 1];
  if (maxStates === undefined) return most;
  return Math.max(least, Math.min(most, (maxStates - engine.size()) >> 3));
}

function progressReporter(engine: Engine, { progress }: SearchOptions, started: number) {
  let reported = started;
  return (expanded: number, depth: number): void => {
    const time = now();
    if (!progress || time - reported < PROGRESS_EVERY) return;
    reported = time;
    const states = engine.size();
    progress({ states, frontier: states - expanded, depth, elapsed: (time - started) / 1000 });
  };
}
