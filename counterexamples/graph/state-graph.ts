import { initialStates, type State, successors, transitionOf } from "../../checker/interpret/interpret.ts";
import { propertiesOf } from "../../checker/problem.ts";
import type { Move } from "../../checker/result.ts";
import { explore } from "../../checker/search/explore.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { judgeFor } from "../random/judge.ts";

/** All reachable states of a small model and the steps between them; states are numbered from 0. */
export interface StateGraph {
  readonly states: readonly GraphState[];
  readonly steps: readonly GraphStep[];
}

export interface GraphState {
  readonly state: State;
  readonly initial: boolean;
  /** Properties that fail in it. */
  readonly violated: readonly string[];
}

export interface GraphStep {
  readonly from: number;
  /** Absent where the step leaves a margin, which ends the path. */
  readonly to?: number;
  readonly move: Move;
  readonly label: string;
  readonly adverse: boolean;
  /** Properties that fail as it is taken. */
  readonly violated: readonly string[];
}

/** What can still be read as a drawing. */
export const MAX_STATES = 300;

/** @throws InputError where the model has more states than can be drawn. */
export function stateGraph(model: Model, maxStates = MAX_STATES): StateGraph {
  const numbers = numberStates(model, maxStates);
  const starts = new Set(initialStates(model).map(keyOf));
  const judge = judgeFor(model, propertiesOf(model));
  const states = [...numbers.values()].map(({ state }) => ({
    state,
    initial: starts.has(keyOf(state)),
    violated: [...judge.ofState(state), ...judge.ofDeadEnd(state)],
  }));
  const steps = [...numbers.values()].flatMap(({ state, number }) =>
    successors(model, state).map((step): GraphStep => {
      const { label, weight } = transitionOf(model, step.move);
      const to = step.kind === "successor" ? numbers.get(keyOf(step.state))?.number : undefined;
      const violated = judge.ofMove(state, step.move);
      const told = { move: step.move, label, adverse: weight > 0, violated };
      return { from: number, ...(to !== undefined && { to }), ...told };
    }),
  );
  return { states, steps };
}

interface Numbered {
  readonly number: number;
  readonly state: State;
}

function numberStates(model: Model, maxStates: number): ReadonlyMap<string, Numbered> {
  const numbers = new Map<string, Numbered>();
  const visit = (state: State) => numbers.set(keyOf(state), { number: numbers.size, state });
  const bounds = explore(model, visit, { maxStates: maxStates + 1 });
  if (numbers.size <= maxStates && bounds.every(({ kind }) => kind === "margin")) return numbers;
  throw new InputError(
    `${model.name} has more than ${maxStates} states: too many to draw; choose smaller sizes`,
  );
}

const keyOf = (state: State): string => JSON.stringify(state);
