import type { State } from "../../checker/interpret/state.ts";
import { rewrite } from "../../model/ir/compose.ts";
import type { Expression } from "../../model/ir/expression.ts";
import type { Model, Transition } from "../../model/ir/model.ts";

/** A model of one task without the variables that neither its paths nor some wanted ones depend on. */
export interface Cone {
  readonly model: Model;
  /** The same state without them. */
  project(state: State): State;
}

/** The cone of influence of some variables, and of all guards: projected states go on along the same paths. */
export function coneOf(model: Model, wanted: readonly string[]): Cone {
  const transitions = model.programs.flatMap((program) => program.transitions);
  const kept = new Set([...wanted, ...transitions.flatMap(({ guard }) => (guard ? namesIn(guard) : []))]);
  // Each name that is added comes last, so that what it depends on is added in its turn.
  for (const name of kept) for (const each of transitions.flatMap(dependsOn(name))) kept.add(each);
  const slice = ({ events: _, assertions: __, ...each }: Transition): Transition => ({
    ...each,
    updates: each.updates.filter(({ variable }) => kept.has(variable)),
  });
  const programs = model.programs.map((each) => ({ ...each, transitions: each.transitions.map(slice) }));
  const variables = model.variables.filter(({ name }) => kept.has(name));
  const pick = (values: State["shared"]) =>
    Object.fromEntries(Object.entries(values).filter(([name]) => kept.has(name)));
  return {
    model: { ...model, variables, programs },
    project: ({ shared, tasks }) => ({
      shared: pick(shared),
      tasks: tasks.map((task) => ({ ...task, variables: pick(task.variables) })),
    }),
  };
}

const dependsOn =
  (name: string) =>
  ({ updates }: Transition): readonly string[] =>
    updates.flatMap(({ variable, value, index }) =>
      variable === name ? [value, index].flatMap((each) => (each ? namesIn(each) : [])) : [],
    );

function namesIn(expression: Expression): readonly string[] {
  const names: string[] = [];
  rewrite(expression, (part) => {
    if (part.kind === "variable" || part.kind === "element") names.push(part.name);
    return part;
  });
  return names;
}
