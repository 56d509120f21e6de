import type { Engine } from "../checker/backends/back-end.ts";
import { chooseBackEnd } from "../checker/backends/choose.ts";
import { initialStates } from "../checker/interpret/initial-states.ts";
import { type Problem, problemOf } from "../checker/problem.ts";
import type { PropertyResult, Run } from "../checker/result.ts";
import { movesTo, packed } from "../checker/search/run.ts";
import { sweepChecked } from "../checker/search/sweep-checked.ts";
import { judge } from "../checker/search/verdict.ts";
import type { BackEndName } from "../checker/search-options.ts";
import { read } from "../checker/store/packing.ts";
import type { Slot } from "../model/ir/layout.ts";
import type { Model } from "../model/ir/model.ts";

/** A way in which a function can end. */
export interface End {
  /** The value of a variable there. */
  value(variable: string): number;
  run(): Run;
}

export interface Explored {
  readonly properties: readonly PropertyResult[];
  readonly ends: readonly End[];
  readonly states: number;
  /** True where the limit on states was hit. */
  readonly capped: boolean;
}

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
  return {
    properties: judge(problem, engine, swept),
    ends: endsOf(problem, engine),
    states: engine.size(),
    capped: swept.bounds.length > 0,
  };
}

function endsOf(problem: Problem, engine: Engine): readonly End[] {
  const { layout, model } = problem;
  const program = model.programs[0];
  const end = program?.locations.findIndex(({ name }) => name === "end") ?? -1;
  const location = layout.locations[0];
  const ends: End[] = [];
  for (let index = 0; location && index < engine.size(); index++) {
    const words = engine.state(index);
    if (read(words, location) === end) ends.push(endAt(problem, engine, index));
  }
  return ends;
}

function endAt(problem: Problem, engine: Engine, index: number): End {
  const words = engine.state(index);
  return {
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
