import {
  apply,
  enabledMoves,
  initialStates,
  ModelError,
  type State,
  transitionOf,
} from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model, Transition } from "../../model/ir/model.ts";

type Patches = Extract<ReturnType<typeof apply>, { kind: "successor" }>["patches"];

/** A run with the states it passes. */
export interface Execution {
  readonly initial: State;
  readonly steps: readonly ExecutedStep[];
  /** After the last step; the state before it where that step left a margin. */
  readonly final: State;
}

export interface ExecutedStep {
  readonly move: Move;
  readonly transition: Transition;
  readonly before: State;
  /** Absent where the step leaves a margin, which ends a path. */
  readonly after?: State;
  readonly patches: Patches;
}

/** What to throw where the model does not allow a run: a run that a search found is always allowed. */
type Refused = new (message: string) => Error;

/**
 * Reapplies a run's moves.
 *
 * @throws Refused, where the model does not allow a step, and ModelError, where it is wrong there: both name the step.
 */
export function execute(model: Model, run: Run, Refused: Refused = Error): Execution {
  const initial = initialStates(model)[run.initial];
  if (!initial) throw new Refused(`the model has no initial state ${run.initial}`);
  const steps: ExecutedStep[] = [];
  let state = initial;
  for (const move of run.moves) {
    const number = steps.length + 1;
    const why = atStep(number, () => refusal(model, state, move, steps.at(-1)));
    if (why !== undefined) throw new Refused(`step ${number}: ${why}`);
    const taken = atStep(number, () => executeStep(model, state, move));
    steps.push(taken);
    state = taken.after ?? state;
  }
  return { initial, steps, final: state };
}

/** Why the move cannot be taken; undefined where it can. */
function refusal(
  model: Model,
  state: State,
  { task, transition, choice }: Move,
  last: ExecutedStep | undefined,
): string | undefined {
  if (last && !last.after) return "the path ended with the step before";
  const isMove = (each: Move) =>
    each.task === task && each.transition === transition && each.choice === choice;
  if (enabledMoves(model, state).some(isMove)) return undefined;
  const which = choice === undefined ? `${transition}` : `${transition} with choice ${choice}`;
  return `task ${task} cannot take transition ${which} here`;
}

function executeStep(model: Model, before: State, move: Move): ExecutedStep {
  const step = apply(model, before, move);
  const common = { move, transition: transitionOf(model, move), before };
  return step.kind === "successor"
    ? { ...common, after: step.state, patches: step.patches }
    : { ...common, patches: [] };
}

/** Adds to a ModelError where on the path it is thrown. */
function atStep<T>(number: number, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof ModelError) throw new ModelError(`step ${number}: ${error.message}`);
    throw error;
  }
}
