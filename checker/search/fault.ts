import type { Model } from "../../model/ir/model.ts";
import type { Engine } from "../backends/back-end.ts";
import { faultIn } from "../backends/interpret.ts";
import { initialStates } from "../interpret/initial-states.ts";
import { ModelError } from "../interpret/model-error.ts";
import { required } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { apply } from "../interpret/successors.ts";
import type { Problem } from "../problem.ts";
import type { FoundFault, Run } from "../result.ts";
import { unpack } from "../store/packing.ts";
import { NO_STATE } from "../store/state-store.ts";
import { runToState } from "./run.ts";

/** What the search found wrong with the model, as the interpreter sees it. */
export function faultFound(problem: Problem, engine: Engine): FoundFault | undefined {
  const { faulty } = engine.report;
  if (faulty === NO_STATE) return undefined;
  const run = runToState(problem, engine, faulty);
  return faultAfter(problem, run, stateAfter(problem.model, run));
}

/** What is wrong with the model in the state that the run leads to. */
export function faultAfter(problem: Problem, run: Run, state: State): FoundFault {
  const { message, move, property } = faultAt(problem, state);
  const moves = move ? [...run.moves, move] : run.moves;
  return { message, run: { ...run, moves }, ...(property !== undefined && { property }) };
}

/** The verdict on a property; the run shows it where the model is wrong whatever is judged, or just this cannot be. */
export function errorBy({ message, run, property: own }: FoundFault, property: string) {
  return { verdict: "error" as const, message, ...((own ?? property) === property && { run }) };
}

/** Throws the ModelError of the state in which the search found the model wrong, if it did. */
export function throwFault(problem: Problem, engine: Engine): void {
  const { faulty } = engine.report;
  if (faulty === NO_STATE) return;
  const words = engine.faultyState?.() ?? engine.state(faulty);
  throw new ModelError(faultAt(problem, unpack(problem.model, problem.layout, words)).message);
}

function faultAt(problem: Problem, state: State) {
  const fault = faultIn(problem, state);
  return required(
    fault,
    `model '${problem.model.name}': a back end found a fault that the interpreter does not`,
  );
}

function stateAfter(model: Model, { initial, moves }: Run): State {
  const start = required(initialStates(model)[initial], `no initial state ${initial}`);
  return moves.reduce((state, move) => {
    const step = apply(model, state, move);
    return step.kind === "successor" ? step.state : state;
  }, start);
}
