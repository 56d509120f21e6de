import { readAfter, rewrite, sequence } from "../model/ir/compose.ts";
import { TASK } from "../model/ir/domain.ts";
import { all, type Expression } from "../model/ir/expression.ts";
import type { Assertion, Event, Invariant, Model, Transition, Update } from "../model/ir/model.ts";
import type { Observations } from "../model/kernel/observation.ts";
import type { Property, Reaction, Watch } from "./property.ts";

interface Watched {
  readonly property: string;
  readonly watch: Watch;
}

/**
 * Adds what the properties demand and remember to a model: their observers become variables, and each
 * event of a transition is judged in the state that the events before it leave.
 */
export function instrument(model: Model, observe: Observations, properties: readonly Property[]): Model {
  const watched = properties.map((each) => ({ property: each.name, watch: each.watch(observe) }));
  const variables = [...model.variables, ...watched.flatMap(({ watch }) => watch.observers ?? [])];
  const local = new Set(variables.filter(({ scope }) => scope === "task").map(({ name }) => name));
  return {
    ...model,
    variables,
    programs: model.programs.map((program) => ({
      ...program,
      transitions: program.transitions.map((each) => instrumentTransition(each, watched)),
    })),
    invariants: [...model.invariants, ...watched.flatMap((each) => invariantsOf(each, local))],
  };
}

function instrumentTransition(transition: Transition, watched: readonly Watched[]): Transition {
  const events = transition.events ?? [];
  const assertions: Assertion[] = [...(transition.assertions ?? [])];
  const remembered: Update[][] = [];
  let before: readonly Update[] = [];
  for (const event of events) {
    const reactions = watched.map(({ property, watch }) => ({ property, ...watch.on?.(event) }));
    assertions.push(...reactions.flatMap((each) => demands(each, before)));
    const memory = reactions.flatMap((each) => each.remember ?? []);
    remembered.push(memory);
    before = sequence([before, [...event.updates, ...memory]]);
  }
  const updates = mergeObservers(transition, events, remembered);
  return { ...transition, updates, ...(assertions.length > 0 && { assertions }) };
}

function demands(reaction: Reaction & { property: string }, before: readonly Update[]): readonly Assertion[] {
  return (reaction.require ?? []).map(({ condition, message }) => ({
    property: reaction.property,
    condition: readAfter(before, condition),
    message,
  }));
}

/** The transition's own updates stay as they are; observers' are read in the state their event finds. */
function mergeObservers(
  transition: Transition,
  events: readonly Event[],
  remembered: readonly (readonly Update[])[],
): readonly Update[] {
  if (remembered.every((each) => each.length === 0)) return transition.updates;
  const observers = new Set(remembered.flat().map(({ variable }) => variable));
  const all = sequence(events.map((event, at) => [...event.updates, ...(remembered[at] ?? [])]));
  return [...transition.updates, ...all.filter(({ variable }) => observers.has(variable))];
}

function invariantsOf({ property, watch }: Watched, local: ReadonlySet<string>): readonly Invariant[] {
  const result: Invariant[] = [];
  if (watch.always) {
    const { condition, message } = watch.always;
    result.push({ kind: "always", property, message, condition: ofEveryTask(condition, local) });
  }
  if (watch.noDeadlock) result.push({ kind: "no-deadlock", property });
  return result;
}

/** States a condition that speaks of `self` of every task. */
function ofEveryTask(condition: Expression, local: ReadonlySet<string>): Expression {
  return all("eachTask", { kind: "id", set: TASK }, (task) =>
    rewrite(condition, (part) => {
      if (part.kind === "self") return task;
      if (part.kind !== "variable" && part.kind !== "element") return part;
      return part.of === undefined && local.has(part.name) ? { ...part, of: task } : part;
    }),
  );
}
