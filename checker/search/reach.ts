import type { Expression } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Engine } from "../backends/back-end.ts";
import { chooseBackEnd } from "../backends/choose.ts";
import { readerOf } from "../backends/table/readers.ts";
import { SlotCodec } from "../backends/table/slot-codec.ts";
import { instantiate } from "../ground/instantiate.ts";
import { slotsOf } from "../ground/slots.ts";
import { unlessWrong } from "../interpret/model-error.ts";
import { indexOf } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { type Problem, problemOf } from "../problem.ts";
import type { Move } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { unpack } from "../store/packing.ts";
import { NO_STATE } from "../store/state-store.ts";
import { movesTo, packed } from "./run.ts";
import { type Sweep, sweep } from "./sweep.ts";
import { toEnd } from "./time.ts";

/** Where a run from the given state leads. */
export interface Reached {
  readonly moves: readonly Move[];
  readonly state: State;
  readonly score: number;
  /** False where a limit was hit, or the model was found wrong, so that a better state may exist. */
  readonly exhaustive: boolean;
}

/** What a state is worth: a number, or an expression in which no task acts (a condition counts 0 or 1). */
export type Score = Expression | ((state: State) => number);

export interface ReachOptions extends SearchOptions {
  /** A score that is as good as any: nothing is looked for beyond the depth at which it is first reached. */
  readonly enough?: number;
}

/**
 * The run from `from` to the state of the highest score: the shortest such run, then the one with the
 * fewest adverse choices. Nothing is judged on the way, and it ends where the model is wrong. The model must be valid.
 */
export function reach(model: Model, from: State, goal: Score, options: ReachOptions = {}): Reached {
  const problem = problemOf(model, []);
  const engine = chooseBackEnd(problem, options).start(problem, { weighted: true });
  engine.insert(packed(problem, from));
  const scores = new Scores(problem, engine, goal);
  const enough = options.enough ?? Number.POSITIVE_INFINITY;
  const settled = ({ levels }: Sweep): boolean => {
    scores.readTo(levels.at(-1)?.end ?? 0);
    return scores.best.score >= enough;
  };
  const { bounds, interrupted } = toEnd(sweep(engine, options, { settled }));
  if (scores.best.score < enough) scores.readTo(engine.size());
  const { index, score } = scores.best;
  const isWrong = () => engine.report.faulty !== NO_STATE || scores.wrong;
  return {
    moves: movesTo(problem, engine, index),
    state: unpack(model, problem.layout, engine.state(index)),
    score,
    exhaustive: (bounds.length === 0 && !interrupted && !isWrong()) || score >= enough,
  };
}

/** Reads stored states' scores, each once, in the order in which they were found. */
class Scores {
  best = { index: 0, score: Number.NEGATIVE_INFINITY, depth: 0 };
  /** Whether the model is wrong in some state, so that it has no score. */
  wrong = false;
  private readonly engine: Engine;
  private readonly scoreOf: (words: Uint32Array) => number | undefined;
  private readonly depths: number[] = [];

  constructor(problem: Problem, engine: Engine, goal: Score) {
    this.engine = engine;
    this.scoreOf = scorer(problem, goal);
  }

  readTo(end: number): void {
    for (let index = this.depths.length; index < end; index++) this.read(index);
  }

  /** Keeps the first of the highest score, by depth, then by adverse choices. */
  private read(index: number): void {
    const { engine, best, depths } = this;
    const depth = index === 0 ? 0 : (depths[engine.parent(index)] ?? 0) + 1;
    depths.push(depth);
    const score = this.scoreOf(engine.state(index)) ?? Number.NEGATIVE_INFINITY;
    if (score === Number.NEGATIVE_INFINITY) this.wrong = true;
    const milder = depth === best.depth && engine.weight(index) < engine.weight(best.index);
    if (score > best.score || (score === best.score && milder)) this.best = { index, score, depth };
  }
}

/** Undefined where the model is wrong in the state. */
function scorer(problem: Problem, goal: Score): (words: Uint32Array) => number | undefined {
  const { model, layout } = problem;
  if (typeof goal === "function") return (words) => unlessWrong(() => goal(unpack(model, layout, words)));
  const slots = slotsOf(layout);
  const codec = new SlotCodec(slots.all, layout.words);
  const read = readerOf(instantiate(goal, { index: indexOf(model), slots, bindings: {} }));
  return (words) => unlessWrong(() => read(codec.read(words)));
}
