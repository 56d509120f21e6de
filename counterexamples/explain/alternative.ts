import {
  apply,
  failedAssertions,
  isEnabled,
  movesFrom,
  type State,
  unlessWrong,
} from "../../checker/interpret/interpret.ts";
import type { Move } from "../../checker/result.ts";
import { reach, type Score } from "../../checker/search/reach.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { cond, constant, not, or } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import type { ExecutedStep } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { ENDED, ordinaryOnly, VIOLATED } from "./watched.ts";

/** A move from a state of the run, other than the one that the run takes. */
interface Alternative {
  readonly before: State;
  readonly move: Move;
}

/** Another way to go from a step, and a run on from there that ends without the violation. */
export interface GoodEnd {
  readonly move: Move;
  readonly rest: readonly Move[];
  readonly certain: boolean;
}

/** The other moves that the acting task had at a step, in the order of its program. */
export function otherMoves(model: Model, { before, move }: ExecutedStep): readonly Move[] {
  const others = movesFrom(model, before, move.task).filter(
    ({ transition }) => transition !== move.transition,
  );
  return others.filter((other) => unlessWrong(() => isEnabled(model, before, other)) === true);
}

const VIOLATES = 2;
const ENDS = 1;

/**
 * Whether a move, whatever ordinary outcomes follow, comes to an end without the violation. Undefined where
 * some such run violates the property, none comes to an end, or the model is wrong in the move.
 */
export function goodEnd(
  model: Model,
  property: string,
  { before, move }: Alternative,
  limits: SearchOptions,
): GoodEnd | undefined {
  const step = unlessWrong(() => {
    const broken = failedAssertions(model, before, move, property).length > 0;
    return broken ? undefined : apply(model, before, move);
  });
  if (step?.kind !== "successor") return undefined;
  const goal = goalOf(model, property, move.task);
  const found = reach(ordinaryOnly(model, property), unmarked(step.state), goal, {
    ...limits,
    enough: VIOLATES,
  });
  return found.score === ENDS ? { move, rest: found.moves, certain: found.exhaustive } : undefined;
}

/** What a state says of the way: an expression where it can be one, as that is read much faster. */
function goalOf(model: Model, property: string, task: number): Score {
  const invariants = model.invariants.filter((each) => each.property === property);
  const always = invariants.flatMap((each) => (each.kind === "always" ? [each.condition] : []));
  if (always.length < invariants.length) return (state) => scoreOf(model, property, task, state);
  const ended = ENDED.of(constant(task)).value;
  const violated = or(VIOLATED.value, ...always.map(not));
  return cond(violated, constant(VIOLATES), cond(ended, constant(ENDS), constant(0)));
}

function scoreOf(model: Model, property: string, task: number, state: State): number {
  if (state.shared[VIOLATED.variable.name] === 1 || invariantFails(model, state, property)) return VIOLATES;
  return state.tasks[task - 1]?.variables[ENDED.variable.name] === 1 ? ENDS : 0;
}

function unmarked({ shared, tasks }: State): State {
  return {
    shared: { ...shared, [VIOLATED.variable.name]: 0 },
    tasks: tasks.map(({ location, variables }) => ({
      location,
      variables: { ...variables, [ENDED.variable.name]: 0 },
    })),
  };
}

function invariantFails(model: Model, final: State, property: string): boolean {
  return violationAtEnd(model, { initial: final, steps: [], final }, property) !== undefined;
}
