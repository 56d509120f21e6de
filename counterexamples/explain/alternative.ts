import { apply, enabledMoves, failedAssertions, type State } from "../../checker/interpret/interpret.ts";
import type { Move, SearchOptions } from "../../checker/result.ts";
import { reach } from "../../checker/search/reach.ts";
import type { Model } from "../../model/ir/model.ts";
import type { ExecutedStep } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { ENDED, ordinaryOnly, VIOLATED } from "./watched.ts";

/** Another way to go from a step, and a run on from there that ends without the violation. */
export interface GoodEnd {
  readonly move: Move;
  readonly rest: readonly Move[];
  readonly certain: boolean;
}

/** The other moves that the acting task had at a step, in the order of its program. */
export function otherMoves(model: Model, { before, move }: ExecutedStep): readonly Move[] {
  return enabledMoves(model, before).filter(
    ({ task, transition }) => task === move.task && transition !== move.transition,
  );
}

const VIOLATES = 2;
const ENDS = 1;

/**
 * Whether a move, whatever ordinary outcomes follow, comes to an end without the violation. Undefined where
 * some such run violates the property, or none comes to an end.
 */
export function goodEnd(
  model: Model,
  property: string,
  before: State,
  move: Move,
  limits: SearchOptions,
): GoodEnd | undefined {
  const broken = failedAssertions(model, before, move).some((each) => each.property === property);
  const step = apply(model, before, move);
  if (broken || step.kind === "ended") return undefined;
  const score = (state: State) => {
    if (state.shared[VIOLATED] === 1 || invariantFails(model, state, property)) return VIOLATES;
    return state.tasks[move.task - 1]?.variables[ENDED] === 1 ? ENDS : 0;
  };
  const found = reach(ordinaryOnly(model, property), unmarked(step.state), score, {
    ...limits,
    enough: VIOLATES,
  });
  return found.score === ENDS ? { move, rest: found.moves, certain: found.exhaustive } : undefined;
}

function unmarked({ shared, tasks }: State): State {
  return {
    shared: { ...shared, [VIOLATED]: 0 },
    tasks: tasks.map(({ location, variables }) => ({ location, variables: { ...variables, [ENDED]: 0 } })),
  };
}

function invariantFails(model: Model, final: State, property: string): boolean {
  return violationAtEnd(model, { initial: final, steps: [], final }, property) !== undefined;
}
