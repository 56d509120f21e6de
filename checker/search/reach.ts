import type { Expression } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Engine } from "../backends/back-end.ts";
import { chooseBackEnd } from "../backends/choose.ts";
import { evaluate } from "../interpret/evaluate.ts";
import { required } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { type Problem, problemOf } from "../problem.ts";
import type { Move, SearchOptions } from "../result.ts";
import { unpack } from "../store/packing.ts";
import { movesAlong, packed, pathTo } from "./run.ts";
import { sweepChecked } from "./sweep-checked.ts";

/** Where a run from the given state leads. */
export interface Reached {
  readonly moves: readonly Move[];
  readonly state: State;
  readonly score: number;
  /** False where a limit was hit, so that a better state may exist. */
  readonly exhaustive: boolean;
}

/** What a state is worth: a number, or an expression in which no task acts (a condition counts 0 or 1). */
export type Score = Expression | ((state: State) => number);

/**
 * The run from `from` to the state of the highest score: the shortest such run, then the one with the
 * fewest adverse choices. Nothing is judged on the way. The model must be valid.
 */
export function reach(model: Model, from: State, goal: Score, options: SearchOptions = {}): Reached {
  const problem = problemOf(model, []);
  const engine = chooseBackEnd(problem, options).start(problem, { weighted: true });
  engine.insert(packed(problem, from));
  const { bounds, interrupted } = sweepChecked(problem, engine, options, () => false);
  const { index, score } = bestState(problem, engine, goal);
  const states = pathTo(engine, index).map((each) => unpack(model, problem.layout, engine.state(each)));
  return {
    moves: movesAlong(problem, states),
    state: required(states.at(-1), "an empty path"),
    score,
    exhaustive: bounds.length === 0 && !interrupted,
  };
}

/** The first of the highest score, by depth, then by adverse choices. */
function bestState(problem: Problem, engine: Engine, goal: Score) {
  const { model, layout } = problem;
  let best = { index: 0, score: Number.NEGATIVE_INFINITY, depth: 0 };
  const depths = new Uint32Array(engine.size());
  for (let index = 0; index < engine.size(); index++) {
    if (index > 0) depths[index] = (depths[engine.parent(index)] ?? 0) + 1;
    const depth = depths[index] ?? 0;
    const score = scoreOf(model, unpack(model, layout, engine.state(index)), goal);
    const milder = depth === best.depth && engine.weight(index) < engine.weight(best.index);
    if (score > best.score || (score === best.score && milder)) best = { index, score, depth };
  }
  return best;
}

function scoreOf(model: Model, state: State, goal: Score): number {
  return typeof goal === "function" ? goal(state) : evaluate(goal, { model, state });
}
