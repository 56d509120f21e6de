import type { Engine } from "../backends/back-end.ts";
import { numberOf } from "../backends/interpret.ts";
import { initialStates } from "../interpret/initial-states.ts";
import { required } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { apply, enabledMoves, failedAssertions, transitionOf } from "../interpret/successors.ts";
import type { Problem } from "../problem.ts";
import type { Move, Run } from "../result.ts";
import { pack, unpack } from "../store/packing.ts";
import { NO_STATE } from "../store/state-store.ts";
import type { Finding } from "./finding.ts";

/** The run that the stored parents give to a finding, with the violating move where there is one. */
export function runTo(problem: Problem, engine: Engine, finding: Finding): Run {
  const path = pathTo(engine, finding.state);
  if (engine.runAlong)
    return engine.runAlong(
      path.map((index) => engine.state(index)),
      finding.check,
    );
  const last = violatingMove(problem, stateAt(problem, engine, finding.state), finding.check);
  return {
    initial: initialPosition(problem, engine.state(path[0] ?? 0)),
    moves: [...storedMoves(problem, engine, path), ...(last ? [last] : [])],
  };
}

/** The move that led into a state; runs to different findings begin alike. */
const ledInto = new WeakMap<Engine, Map<number, Move>>();

function storedMoves(problem: Problem, engine: Engine, path: readonly number[]): readonly Move[] {
  const known = ledInto.get(engine) ?? new Map<number, Move>();
  ledInto.set(engine, known);
  return path.slice(1).map((index, position) => {
    const from = path[position] ?? NO_STATE;
    const move =
      known.get(index) ??
      moveBetween(problem, stateAt(problem, engine, from), stateAt(problem, engine, index));
    known.set(index, move);
    return move;
  });
}

const stateAt = ({ model, layout }: Problem, engine: Engine, index: number): State =>
  unpack(model, layout, engine.state(index));

/** Indices from an initial state to this one. */
export function pathTo(engine: Engine, index: number): readonly number[] {
  const path: number[] = [];
  for (let each = index; each !== NO_STATE; each = engine.parent(each)) path.push(each);
  return path.reverse();
}

/** The least adverse move from each state to the one after it. */
export function movesAlong(problem: Problem, states: readonly State[]): readonly Move[] {
  return states.slice(1).map((target, position) => {
    const source = required(states[position], "a gap in the path");
    return moveBetween(problem, source, target);
  });
}

function moveBetween(problem: Problem, source: State, target: State): Move {
  const { model } = problem;
  const wanted = packed(problem, target).join();
  const moves = enabledMoves(model, source).filter((move) => {
    if (transitionOf(model, move).to !== target.tasks[move.task - 1]?.location) return false;
    const step = apply(model, source, move);
    return step.kind === "successor" && packed(problem, step.state).join() === wanted;
  });
  const plain = moves.find((move) => transitionOf(model, move).weight === 0);
  return required(plain ?? moves[0], "a stored state is no successor of its parent");
}

/** The move whose assertion, which is the check, fails in the state. */
export function violatingMove(problem: Problem, state: State, number: number): Move | undefined {
  const check = problem.checks[number];
  if (check?.kind !== "assertion") return undefined;
  const { model } = problem;
  return enabledMoves(model, state).find(
    (move) =>
      numberOf(problem, move) === check.transition &&
      failedAssertions(model, state, move).includes(check.assertion),
  );
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
