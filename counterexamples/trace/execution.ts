import {
  apply,
  initialStates,
  isEnabled,
  ModelError,
  movesFrom,
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
  /** After the last step; the state before it where that step left a margin, or the model is wrong there. */
  readonly final: State;
  /** What is wrong with the model where the last step would be taken. */
  readonly fault?: Fault;
}

export interface Fault {
  readonly message: string;
  /** Whether the step is known to be possible, so that what it asserts is judged. */
  readonly enabled: boolean;
}

export interface ExecutedStep {
  readonly move: Move;
  readonly transition: Transition;
  readonly before: State;
  /** Absent where the step leaves a margin, which ends a path, or the model is wrong. */
  readonly after?: State;
  readonly patches: Patches;
}

/** What to throw where the model does not allow a run: a run that a search found is always allowed. */
type Refused = new (message: string) => Error;

/**
 * Reapplies a run's moves.
 *
 * @throws Refused, where the model does not allow a step, or is wrong before the last one: both name the step.
 */
export function execute(model: Model, run: Run, Refused: Refused = Error): Execution {
  const initial = initialStates(model)[run.initial];
  if (!initial) throw new Refused(`the model has no initial state ${run.initial}`);
  const steps: ExecutedStep[] = [];
  let state = initial;
  let fault: Fault | undefined;
  for (const move of run.moves) {
    const number = steps.length + 1;
    const last = steps.at(-1);
    if (fault) throw new Refused(`step ${number - 1}: ${fault.message}`);
    if (last && !last.after) throw new Refused(`step ${number}: the path ended with the step before`);
    const taken = takeStep(model, state, move);
    if (!taken) throw new Refused(`step ${number}: ${refusalText(move)}`);
    fault = taken.fault;
    steps.push(taken.step);
    state = taken.step.after ?? state;
  }
  return { initial, steps, final: state, ...(fault && { fault }) };
}

const refusalText = ({ task, transition, choice }: Move): string =>
  `task ${task} cannot take transition ${transition}${choice === undefined ? "" : ` with choice ${choice}`} here`;

interface Taken {
  readonly step: ExecutedStep;
  readonly fault?: Fault;
}

/** Undefined where the state does not allow the move. */
function takeStep(model: Model, before: State, move: Move): Taken | undefined {
  if (!stands(model, before, move)) return undefined;
  const step: ExecutedStep = { move, before, patches: [], transition: transitionOf(model, move) };
  let enabled = false;
  try {
    if (!isEnabled(model, before, move)) return undefined;
    enabled = true;
    const taken = apply(model, before, move);
    return { step: taken.kind === "ended" ? step : { ...step, after: taken.state, patches: taken.patches } };
  } catch (error) {
    if (error instanceof ModelError) return { step, fault: { message: error.message, enabled } };
    throw error;
  }
}

/** Whether the task stands where the move starts, be its guard what it may. */
function stands(model: Model, state: State, { task, transition, choice }: Move): boolean {
  const isMove = (each: Move) => each.transition === transition && each.choice === choice;
  return task <= state.tasks.length && movesFrom(model, state, task).some(isMove);
}
