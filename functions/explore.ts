import type { Engine } from "../checker/backends/back-end.ts";
import { chooseBackEnd } from "../checker/backends/choose.ts";
import { initialStates } from "../checker/interpret/initial-states.ts";
import { type Problem, problemOf } from "../checker/problem.ts";
import type { Bound, PropertyResult, Run } from "../checker/result.ts";
import { movesTo, packed } from "../checker/search/run.ts";
import { sweepChecked } from "../checker/search/sweep-checked.ts";
import { judge } from "../checker/search/verdict.ts";
import type { BackEndName } from "../checker/search-options.ts";
import { read } from "../checker/store/packing.ts";
import { NO_STATE } from "../checker/store/state-store.ts";
import type { Slot } from "../model/ir/layout.ts";
import type { Model } from "../model/ir/model.ts";
import type { Reason } from "../model/not-modelled.ts";

/** A way in which a function can end. */
export interface End {
  /** The value of a variable there. */
  value(variable: string): number;
  /** The location before it: that of the return. */
  readonly from: number;
  run(): Run;
}

export interface Explored {
  readonly properties: readonly PropertyResult[];
  readonly ends: readonly End[];
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  /** What kept the search from its end; absent where nothing did. */
  readonly capped?: Reason;
}

/** States of a function beyond which facts are left out: they are seldom those that its locks depend on. */
export const ENOUGH_STATES = 40_000;
/** More states than any function of a kernel should need. */
export const MAX_STATES = 100_000;

export interface ExploreOptions {
  readonly maxStates: number;
  readonly backEnd?: BackEndName;
}

/** Explores all paths of a function: what its demands came to, and each state that it ends in. */
export function exploreFunction(model: Model, { maxStates, backEnd }: ExploreOptions): Explored {
  const problem = problemOf(model);
  const engine = chooseBackEnd(problem, { backEnd: backEnd ?? "table" }).start(problem, { weighted: true });
  for (const state of initialStates(model)) engine.insert(packed(problem, state));
  const swept = sweepChecked(problem, engine, { maxStates }, () => false);
  const capped = cappedBy(swept.bounds, maxStates);
  return {
    properties: judge(problem, engine, swept),
    ends: endsOf(problem, engine),
    states: engine.size(),
    transitions: engine.report.transitions,
    depth: swept.depth,
    ...(capped && { capped }),
  };
}

/** The limit that a search with no other than `maxStates` ran into. */
export function cappedBy(bounds: readonly Bound[], maxStates: number): Reason | undefined {
  if (bounds.length === 0) return undefined;
  const isMemory = bounds.some(({ kind }) => kind === "memory");
  return isMemory ? { kind: "out of memory" } : { kind: "too many states", most: maxStates };
}

function endsOf(problem: Problem, engine: Engine): readonly End[] {
  const { layout, model } = problem;
  const program = model.programs[0];
  const end = program?.locations.findIndex(({ name }) => name === "end") ?? -1;
  const location = layout.locations[0];
  const ends: End[] = [];
  for (let index = 0; location && index < engine.size(); index++) {
    const words = engine.state(index);
    if (read(words, location) === end) ends.push(endAt(problem, engine, index, location));
  }
  return ends;
}

function endAt(problem: Problem, engine: Engine, index: number, location: Slot): End {
  const words = engine.state(index);
  const before = engine.parent(index);
  return {
    from: before === NO_STATE ? -1 : read(engine.state(before), location),
    value: (variable) => {
      const slot = slotOf(problem, variable);
      return slot ? read(words, slot) : 0;
    },
    run: () => ({ initial: 0, moves: movesTo(problem, engine, index) }),
  };
}

function slotOf({ layout }: Problem, name: string): Slot | undefined {
  return layout.variables.find(({ variable }) => variable.name === name)?.slots[0];
}
