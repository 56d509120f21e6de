import { type Environment, evaluate, unlessWrong } from "../../checker/interpret/interpret.ts";
import { readAfter, sequence } from "../../model/ir/compose.ts";
import type { Event, Model, Update } from "../../model/ir/model.ts";
import type { ExecutedStep } from "./execution.ts";
import type { TraceEvent } from "./trace.ts";

/** What happened during a step, in order, with the instances it happened to. */
export function eventsOf(model: Model, step: ExecutedStep): readonly TraceEvent[] {
  const environment = environmentOf(model, step);
  const found: TraceEvent[] = [];
  let before: readonly Update[] = [];
  for (const event of step.transition.events ?? []) {
    found.push(shown(event, before, environment));
    before = sequence([before, event.updates]);
  }
  return found;
}

/** What a step's expressions are read in. */
export function environmentOf(model: Model, { before, move, transition }: ExecutedStep): Environment {
  const { choice } = transition;
  const bindings = choice && move.choice !== undefined ? { [choice.name]: move.choice } : {};
  return { model, state: before, self: move.task, bindings };
}

function shown(event: Event, before: readonly Update[], environment: Environment): TraceEvent {
  const { kind, object, mode, instance } = event;
  const number = instance && unlessWrong(() => evaluate(readAfter(before, instance), environment));
  return {
    kind,
    object,
    ...(number !== undefined && { instance: number }),
    ...(mode !== undefined && { mode }),
  };
}
