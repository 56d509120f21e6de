import {
  type Environment,
  evaluate,
  failedAssertions,
  type State,
} from "../../checker/interpret/interpret.ts";
import { type Expression, or, TRUE } from "../../model/ir/expression.ts";
import { type Model, programsByTask, type Transition } from "../../model/ir/model.ts";
import { environmentOf } from "../trace/events.ts";
import type { Execution } from "../trace/execution.ts";
import { type Conjunct, failedConjuncts } from "./conjunct.ts";

/** The condition that fails at the end of a run, and what it is read in there. */
export interface Blame {
  readonly conjuncts: readonly Conjunct[];
  readonly environment: Environment;
  /** It is judged when the function returns. */
  readonly atExit: boolean;
}

/** Undefined where nothing fails. */
export function blameFor(model: Model, execution: Execution, property: string): Blame | undefined {
  return ofLastStep(model, execution, property) ?? ofFinalState(model, execution, property);
}

function ofLastStep(model: Model, { steps }: Execution, property: string): Blame | undefined {
  const last = steps.at(-1);
  const [assertion] = last ? failedAssertions(model, last.before, last.move, property) : [];
  if (!last || !assertion) return undefined;
  const environment = environmentOf(model, last);
  const atExit = last.transition.events?.some(({ kind }) => kind === "return") ?? false;
  return { conjuncts: failedConjuncts(assertion.condition, environment), environment, atExit };
}

function ofFinalState(model: Model, { final }: Execution, property: string): Blame | undefined {
  for (const invariant of model.invariants.filter((each) => each.property === property)) {
    if (invariant.kind === "sometimes") continue;
    const environment = { model, state: final };
    if (invariant.kind === "no-deadlock") {
      return { conjuncts: waitingFor(model, final), environment, atExit: false };
    }
    const selves = invariant.kind === "location" ? tasksAt(model, final, invariant) : [undefined];
    for (const self of selves) {
      const own = { ...environment, ...(self !== undefined && { self }) };
      const conjuncts = failing(invariant.condition, own);
      if (conjuncts.length > 0) return { conjuncts, environment: own, atExit: false };
    }
  }
  return undefined;
}

const failing = (condition: Expression, environment: Environment): readonly Conjunct[] =>
  evaluate(condition, environment) === 0 ? failedConjuncts(condition, environment) : [];

function tasksAt(model: Model, state: State, at: { program: string; location: string }): readonly number[] {
  const programs = programsByTask(model);
  return state.tasks.flatMap(({ location }, position) =>
    location === at.location && programs[position] === at.program ? [position + 1] : [],
  );
}

/** What each task that is not at an end waits for: that one of the steps from where it stands is possible. */
function waitingFor(model: Model, { tasks }: State): readonly Conjunct[] {
  const programs = programsByTask(model);
  return tasks.flatMap(({ location }, position) => {
    const program = model.programs.find(({ name }) => name === programs[position]);
    const ended = program?.locations.some(({ name, end }) => name === location && end === true);
    if (!program || ended) return [];
    const leaving = program.transitions.filter(({ from }) => from === location);
    return [{ condition: or(...leaving.map(possible)), bindings: {}, self: position + 1 }];
  });
}

function possible({ guard = TRUE, choice }: Transition): Expression {
  return choice ? { kind: "some", name: choice.name, over: choice.domain, body: guard } : guard;
}
