import type { Engine } from "../../checker/backends/back-end.ts";
import { chooseBackEnd } from "../../checker/backends/choose.ts";
import type { State } from "../../checker/interpret/state.ts";
import { type Problem, problemOf } from "../../checker/problem.ts";
import type { Move } from "../../checker/result.ts";
import { movesTo, packed, pathTo } from "../../checker/search/run.ts";
import { sweepChecked } from "../../checker/search/sweep-checked.ts";
import { read, unpack } from "../../checker/store/packing.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Reason } from "../../model/not-modelled.ts";
import { cappedBy } from "../explore.ts";

/** A state of a function's model that a walk came to. */
export interface Reached {
  state(): State;
  /** Position of the state that the walk there began in. */
  origin(): number;
  moves(): readonly Move[];
}

/** All that can be reached from some states of a function's model. */
export interface Walk {
  /** What kept the walk from its end; absent where nothing did. */
  readonly capped?: Reason;
  /** In the order of their discovery. */
  at(location: string): readonly Reached[];
}

/** Walks on from different states of a model of one task. */
export function walk(model: Model, from: readonly State[], maxStates: number): Walk {
  const problem = problemOf(model);
  const engine = chooseBackEnd(problem, { backEnd: "table" }).start(problem, { weighted: true });
  for (const state of from) engine.insert(packed(problem, state));
  const { bounds } = sweepChecked(problem, engine, { maxStates }, () => false);
  const byLocation = indicesByLocation(problem, engine);
  const names = model.programs[0]?.locations.map(({ name }) => name) ?? [];
  const capped = cappedBy(bounds, maxStates);
  const reached = new Map<string, readonly Reached[]>();
  const reachedIn = (location: string) =>
    (byLocation.get(names.indexOf(location)) ?? []).map((index) => reachedAt(problem, engine, index));
  return {
    ...(capped && { capped }),
    at: (location) => {
      const known = reached.get(location) ?? reachedIn(location);
      reached.set(location, known);
      return known;
    },
  };
}

function indicesByLocation({ layout }: Problem, engine: Engine): ReadonlyMap<number, readonly number[]> {
  const [slot] = layout.locations;
  const places = new Map<number, number[]>();
  for (let index = 0; slot && index < engine.size(); index++) {
    const location = read(engine.state(index), slot);
    const known = places.get(location);
    if (known) known.push(index);
    else places.set(location, [index]);
  }
  return places;
}

function reachedAt(problem: Problem, engine: Engine, index: number): Reached {
  let state: State | undefined;
  return {
    state: () => {
      state ??= unpack(problem.model, problem.layout, engine.state(index));
      return state;
    },
    origin: () => pathTo(engine, index)[0] ?? 0,
    moves: () => movesTo(problem, engine, index),
  };
}
