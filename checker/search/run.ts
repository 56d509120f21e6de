import type { Engine } from "../backends/back-end.ts";
import { initialStates } from "../interpret/initial-states.ts";
import type { State } from "../interpret/state.ts";
import type { Problem } from "../problem.ts";
import type { Move, Run } from "../result.ts";
import { pack } from "../store/packing.ts";
import { NO_STATE } from "../store/state-store.ts";
import type { Finding } from "./finding.ts";
import { moveBetween, violatingMove } from "./moves.ts";

/** The run that the stored parents give to a finding, with the violating move where there is one. */
export function runTo(problem: Problem, engine: Engine, { state, check }: Finding): Run {
  if (engine.runAlong) return engine.runAlong(statesTo(engine, state), check);
  const run = runToState(problem, engine, state);
  const last = violatingMove(problem, engine.state(state), check);
  return last ? { ...run, moves: [...run.moves, last] } : run;
}

/** The run that the stored parents give to a state. */
export function runToState(problem: Problem, engine: Engine, state: number): Run {
  if (engine.runAlong) return engine.runAlong(statesTo(engine, state));
  const path = pathTo(engine, state);
  return {
    initial: initialPosition(problem, engine.state(path[0] ?? 0)),
    moves: storedMoves(problem, engine, path),
  };
}

const statesTo = (engine: Engine, state: number): readonly Uint32Array[] =>
  pathTo(engine, state).map((index) => engine.state(index));

/** The move that led into a state; runs to different findings begin alike. */
const ledInto = new WeakMap<Engine, Map<number, Move>>();

function storedMoves(problem: Problem, engine: Engine, path: readonly number[]): readonly Move[] {
  const known = ledInto.get(engine) ?? new Map<number, Move>();
  ledInto.set(engine, known);
  return path.slice(1).map((index, position) => {
    const from = path[position] ?? NO_STATE;
    const move =
      known.get(index) ?? moveBetween(problem, engine.state(from), engine.state(index), engine.projection);
    known.set(index, move);
    return move;
  });
}

/** The moves that the stored parents give to a state from where the search began. */
export const movesTo = (problem: Problem, engine: Engine, index: number): readonly Move[] =>
  storedMoves(problem, engine, pathTo(engine, index));

/** Indices from an initial state to this one. */
export function pathTo(engine: Engine, index: number): readonly number[] {
  const path: number[] = [];
  for (let each = index; each !== NO_STATE; each = engine.parent(each)) path.push(each);
  return path.reverse();
}

function initialPosition(problem: Problem, words: Uint32Array): number {
  const wanted = words.join();
  return initialStates(problem.model).findIndex((state) => packed(problem, state).join() === wanted);
}

export function packed({ model, layout }: Problem, state: State): Uint32Array {
  const words = new Uint32Array(layout.words);
  pack(model, layout, state, words);
  return words;
}
