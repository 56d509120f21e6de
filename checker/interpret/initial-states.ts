import type { Model, Variable } from "../../model/ir/model.ts";
import { indexOf } from "./model-index.ts";
import type { State, Value, Values } from "./state.ts";

/** More are not searched from: to list them takes more memory and time than searches do. */
export const MAX_INITIAL_STATES = 2 ** 18;

/** How many initial states the model has, without making them. */
export function countInitialStates(model: Model): number {
  const { programs } = indexOf(model);
  return model.variables.reduce((product, variable) => {
    const bounds = indexOf(model).elements.get(variable.name);
    const copies =
      (bounds ? bounds.max - bounds.min + 1 : 1) * (variable.scope === "task" ? programs.length : 1);
    return product * variable.initial.length ** copies;
  }, 1);
}

/**
 * All initial states. Each element of each variable, and each task's, takes any of the variable's initial
 * values for itself; the last varies fastest.
 */
export function initialStates(model: Model): readonly State[] {
  const { programs } = indexOf(model);
  const own = valuations(model, "task");
  const tasks = product(
    programs.map(({ start }) => own.map((variables) => ({ location: start, variables }))),
  );
  return valuations(model, "shared").flatMap((shared) => tasks.map((each) => ({ shared, tasks: each })));
}

function valuations(model: Model, scope: Variable["scope"]): readonly Values[] {
  const variables = model.variables.filter((each) => each.scope === scope);
  const columns = variables.map((variable) => initialValuesOf(model, variable));
  return product(columns).map((values) =>
    Object.fromEntries(variables.map(({ name }, position) => [name, values[position] ?? 0])),
  );
}

function initialValuesOf(model: Model, { name, initial }: Variable): readonly Value[] {
  const bounds = indexOf(model).elements.get(name);
  if (!bounds) return initial;
  return product(Array.from({ length: bounds.max - bounds.min + 1 }, () => initial));
}

function product<T>(columns: readonly (readonly T[])[]): readonly (readonly T[])[] {
  return columns.reduce<readonly (readonly T[])[]>(
    (rows, column) => rows.flatMap((row) => column.map((value) => [...row, value])),
    [[]],
  );
}
