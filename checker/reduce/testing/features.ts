import { TASK } from "../../../model/ir/domain.ts";
import type { Model, Program, Transition } from "../../../model/ir/model.ts";
import { conjunctsOf, placesThatAre } from "../independence/conditions.ts";

export type Feature = "shared ids" | "trylocks" | "cycles";

/** What makes a model worth comparing reductions on. */
export function featuresOf({ variables, programs }: Model): readonly Feature[] {
  const transitions = programs.flatMap((each) => each.transitions);
  const holdsIds = variables.some(
    ({ name, scope, domain }) =>
      scope === "shared" &&
      domain.kind === "id" &&
      domain.set === TASK &&
      transitions.some(({ updates }) => updates.some(({ variable }) => variable === name)),
  );
  return [
    ...(holdsIds ? (["shared ids"] as const) : []),
    ...(transitions.some((each) => isTrylock(each, transitions)) ? (["trylocks"] as const) : []),
    ...(programs.some(hasCycle) ? (["cycles"] as const) : []),
  ];
}

/** Takes what is free, beside another way to go where it is not. */
function isTrylock({ from, guard }: Transition, all: readonly Transition[]): boolean {
  const free = placesThatAre("none", conjunctsOf(guard)).length > 0;
  return free && all.some((each) => each.from === from && each.guard?.kind === "not");
}

function hasCycle({ transitions, locations }: Program): boolean {
  const order = new Map(locations.map(({ name }, position) => [name, position]));
  return transitions.some(({ from, to }) => (order.get(to) ?? 0) <= (order.get(from) ?? 0));
}
