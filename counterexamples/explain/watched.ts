import { and, type Expression, FALSE, not, or, TRUE } from "../../model/ir/expression.ts";
import type { Model, Program, Transition, Update } from "../../model/ir/model.ts";
import { bool, local, shared } from "../../model/ir/place.ts";

/** Whether an assertion of the property has failed; invariants are read off a state. */
export const VIOLATED = shared("pivot.violated", bool);
/** Whether a task has left its function, or come to an end. */
export const ENDED = local("pivot.ended", bool);

/**
 * The model with only its ordinary outcomes, in which a state tells whether the property was violated on
 * the way and which tasks are done; these go no further. Transitions keep their numbers.
 */
export function ordinaryOnly(model: Model, property: string): Model {
  return {
    ...model,
    variables: [...model.variables, VIOLATED.variable, ENDED.variable],
    programs: model.programs.map((program) => ({
      ...program,
      transitions: program.transitions.map((each) => watched(program, each, property)),
    })),
    invariants: [],
  };
}

function watched(program: Program, transition: Transition, property: string): Transition {
  const { weight, guard = TRUE, updates } = transition;
  const { assertions: _, ...rest } = transition;
  return {
    ...rest,
    guard: weight > 0 ? FALSE : and(guard, not(ENDED.value)),
    updates: [...updates, ...notes(program, transition, property)],
  };
}

function notes(program: Program, transition: Transition, property: string): readonly Update[] {
  const broken = brokenBy(transition, property);
  return [
    ...(broken.length > 0 ? [VIOLATED.set(or(VIOLATED.value, ...broken))] : []),
    ...(leaves(program, transition) ? [ENDED.set(true)] : []),
  ];
}

const brokenBy = ({ assertions = [] }: Transition, property: string): readonly Expression[] =>
  assertions.filter((each) => each.property === property).map(({ condition }) => not(condition));

/** Whether the task's function is done with this step. */
export function leaves({ locations }: Program, { to, events = [] }: Transition): boolean {
  const ends = locations.some(({ name, end }) => end === true && name === to);
  return ends || events.some(({ kind }) => kind === "return");
}
