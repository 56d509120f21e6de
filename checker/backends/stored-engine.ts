import type { Problem } from "../problem.ts";
import { isOutOfMemory } from "../store/out-of-memory.ts";
import { type Projection, project } from "../store/projection.ts";
import { NO_STATE, type StateStore } from "../store/state-store.ts";
import type { Engine, Level } from "./back-end.ts";
import { isFault } from "./fault.ts";
import { type EngineReport, emptyMemory, type Memory } from "./memory.ts";

/** Judges and expands single states, telling the sink what it finds. */
export type Expander = (words: Uint32Array, sink: Sink) => void;

export interface Sink {
  /** A successor, packed, with the number of the transition that leads there. */
  successor(words: Uint32Array, transition: number): void;
  /** The check fails (is satisfied, for a witness) in the state that is expanded. */
  seen(check: number): void;
  /** The transition is enabled but ends at a margin. */
  ended(transition: number, margin: number): void;
}

/** The parts of an engine that follow from where it stores its states. */
export function engineOn(
  name: string,
  { store, report, projection }: Memory,
  expand: Engine["expand"],
): Engine {
  return {
    name,
    report,
    weighted: store.weights !== undefined,
    projection,
    ...withinMemory(expand, (words) => store.insert(words)),
    size: () => store.count,
    state: (index) => store.state(index),
    parent: (index) => store.parent(index),
    weight: (index) => store.weight(index),
    records: () => store.kept(),
    bytes: () => store.bytes(),
  };
}

/** Stores and expands as long as the store gets the memory that it asks for. */
export function withinMemory(
  expand: Engine["expand"],
  insert: Engine["insert"],
): Pick<Engine, "expand" | "insert" | "exhausted"> {
  let exhausted = false;
  return {
    expand: (from, to, level) => {
      exhausted = !hasMemory(() => expand(from, to, level));
    },
    insert: (words) => {
      let isNew = false;
      exhausted ||= !hasMemory(() => {
        isNew = insert(words);
      });
      return isNew;
    },
    exhausted: () => exhausted,
  };
}

/** False where the store asked for more memory than there is. */
function hasMemory(work: () => void): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (isOutOfMemory(error)) return false;
    throw error;
  }
}

/** An engine that stores what an expander finds, with the least adverse parents. */
export function storedEngine(
  name: string,
  problem: Problem,
  expand: Expander,
  memory: Memory = emptyMemory(problem),
): Engine {
  const { store, report } = memory;
  const sink = new StoringSink(problem, memory);
  return engineOn(name, memory, (from, to, level) => {
    for (let index = from; index < to && report.faulty === NO_STATE; index++) {
      sink.begin(index, level);
      if (!succeeds(() => expand(store.state(index), sink))) report.faulty = index;
    }
  });
}

/** False where the model is wrong in the state. */
function succeeds(expand: () => void): boolean {
  try {
    expand();
    return true;
  } catch (error) {
    if (isFault(error)) return false;
    throw error;
  }
}

class StoringSink implements Sink {
  private readonly problem: Problem;
  private readonly store: StateStore;
  private readonly report: EngineReport;
  private readonly projection: Projection | undefined;
  private index = 0;
  private level: Level = { start: 0, end: 0 };

  constructor(problem: Problem, { store, report, projection }: Memory) {
    this.problem = problem;
    this.store = store;
    this.report = report;
    this.projection = projection;
  }

  begin(index: number, level: Level): void {
    this.index = index;
    this.level = level;
  }

  successor(words: Uint32Array, transition: number): void {
    const { store, report } = this;
    report.transitions++;
    report.fired[transition] = 2;
    store.reserve(1);
    if (this.projection) project(this.projection, words);
    const weight = store.weight(this.index) + (this.problem.transitions[transition]?.transition.weight ?? 0);
    const known = store.find(words);
    if (known === NO_STATE) store.append(words, this.index, weight);
    else if (known >= this.level.end) store.improve(known, this.index, weight);
  }

  seen(check: number): void {
    const { store, report } = this;
    const before = report.firstSeen[check] ?? NO_STATE;
    const better = before >= this.level.start && store.weight(this.index) < store.weight(before);
    if (before === NO_STATE || better) report.firstSeen[check] = this.index;
  }

  ended(transition: number, margin: number): void {
    if (this.report.fired[transition] === 0) this.report.fired[transition] = 1;
    this.report.margins[margin] = 1;
  }
}
