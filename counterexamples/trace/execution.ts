import { apply, initialStates, type State, transitionOf } from "../../checker/interpret/interpret.ts";
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

/** Reapplies a run's moves. Throws an Error that names the step which the model does not allow. */
export function execute(model: Model, run: Run): Execution {
  const initial = initialStates(model)[run.initial];
  if (!initial) throw new Error(`the model has no initial state ${run.initial}`);
  const steps: ExecutedStep[] = [];
  let state = initial;
  for (const move of run.moves) {
    const taken = executeStep(model, state, move, steps);
    steps.push(taken);
    state = taken.after ?? state;
  }
  return { initial, steps, final: state };
}

function executeStep(
  model: Model,
  before: State,
  move: Move,
  earlier: readonly ExecutedStep[],
): ExecutedStep {
  const number = earlier.length + 1;
  const last = earlier.at(-1);
  if (last && !last.after) throw new Error(`step ${number}: the path ended with the step before`);
  try {
    const step = apply(model, before, move);
    const common = { move, transition: transitionOf(model, move), before };
    return step.kind === "successor"
      ? { ...common, after: step.state, patches: step.patches }
      : { ...common, patches: [] };
  } catch (error) {
    throw new Error(`step ${number}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
