import type { Event, Transition, Update } from "../../model/ir/model.ts";

/** The step, which now forgets to change the variable. */
export function stepWithout(step: Transition, variable: string): Transition {
  const rest = (updates: readonly Update[]) => updates.filter((each) => each.variable !== variable);
  const events = (step.events ?? []).map((event): Event => ({ ...event, updates: rest(event.updates) }));
  return { ...step, updates: rest(step.updates), events };
}
