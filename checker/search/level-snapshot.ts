import type { Engine, Level } from "../backends/back-end.ts";
import type { EngineReport } from "../backends/memory.ts";

/** Where a search stood before it expanded a level, and what it had seen. */
export interface LevelSnapshot {
  readonly level: Level;
  /** The first state that was not expanded. */
  readonly next: number;
  readonly report: EngineReport;
}

/**
 * Keeps what workers can go back to. They go through a level in an order left to chance: where that takes the
 * search beyond its bound on states, it forgets what it saw in that level, so that the verdict is no chance.
 */
export class LevelSnapshots {
  private readonly engine: Engine;
  private readonly maxStates: number;
  private last: LevelSnapshot | undefined;

  constructor(engine: Engine, maxStates = Number.POSITIVE_INFINITY) {
    this.engine = engine;
    this.maxStates = maxStates;
  }

  /** Goes before each slice of a level. */
  pass(level: Level, next: number): void {
    if (this.maxStates < Number.POSITIVE_INFINITY && this.last?.level !== level) {
      this.last = { level, next, report: copyOf(this.engine.report) };
    }
  }

  /** Where the bound was passed in an order left to chance: what there is to go back to. */
  overshot(): LevelSnapshot | undefined {
    const { engine, maxStates } = this;
    return engine.ordered === false && engine.size() >= maxStates ? this.last : undefined;
  }
}

function copyOf(report: EngineReport): EngineReport {
  const { fired, firstSeen, margins } = report;
  return { ...report, fired: fired.slice(), firstSeen: firstSeen.slice(), margins: margins.slice() };
}

/** Forgets what was seen since. The states found since stay stored: a search that goes on finds them again. */
export function forgetSince({ report }: LevelSnapshot, engine: Engine): void {
  engine.report.transitions = report.transitions;
  engine.report.fired.set(report.fired);
  engine.report.firstSeen.set(report.firstSeen);
  engine.report.margins.set(report.margins);
}
