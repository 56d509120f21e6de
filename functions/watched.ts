import {
  hasGuesses,
  type LockEvent,
  type Translation,
  unlessGuessed,
  whereGuessed,
} from "../model/c/index.ts";
import type { Model, Transition } from "../model/ir/model.ts";
import type { Observations } from "../model/kernel/observation.ts";
import { instrument } from "../properties/instrument.ts";
import type { Property } from "../properties/property.ts";
import { movedDemands } from "./moved-lock.ts";
import { openDemands } from "./open-callee.ts";
import { type Rule, rules } from "./rule.ts";

/** A function's model with the demands of the rules; each demand on each transition is judged by itself. */
export interface Watched {
  readonly model: Model;
  /** By the name that the model gives a demand. */
  readonly sites: ReadonlyMap<string, Site>;
}

export interface Site {
  readonly rule: Rule;
  readonly transition: number;
  /** The event that the rule speaks of. */
  readonly event: LockEvent | undefined;
}

/** @param among - the rules that count; all where absent */
export function watch(translation: Translation, among: readonly Rule[] = rules): Watched {
  const chosen = among.filter((rule) => concerns(rule, translation));
  const { binding, model } = translation;
  const scope = scopeOf(translation);
  const watched = chosen.map((rule) => ({ rule, property: inScope(rule, scope) }));
  const observe = binding.observe();
  const instrumented = instrument(
    model,
    observe,
    watched.map(({ property }) => property),
  );
  const sites = new Map<string, Site>();
  const programs = instrumented.programs.map((program) => ({
    ...program,
    transitions: program.transitions.map((each, index) => {
      const open = [...openDemands(translation, index), ...movedDemands(translation, index, each)];
      if (!each.assertions) return open.length > 0 ? { ...each, assertions: open } : each;
      const before = new Map<string, number>();
      const assertions = each.assertions.flatMap((assertion) => {
        const found = watched.find(({ property }) => property.name === assertion.property);
        const position = before.get(assertion.property) ?? 0;
        before.set(assertion.property, position + 1);
        const name = `${assertion.property} at ${index}${position > 0 ? `, ${position}` : ""}`;
        const event = found && eventsOf(found.property, observe, each)[position];
        if (found) sites.set(name, { rule: ruleFor(found.rule, event), transition: index, event });
        const own = { ...assertion, property: name };
        if (!hasGuesses(model)) return [own];
        const { condition } = assertion;
        const known = { ...own, condition: unlessGuessed(condition) };
        if (found?.rule.ifGuessed === undefined) return [known];
        const guess = `${name}, guessed`;
        sites.set(guess, {
          rule: { ...found.rule, confidence: found.rule.ifGuessed },
          transition: index,
          event,
        });
        return [known, { ...assertion, property: guess, condition: whereGuessed(condition) }];
      });
      return { ...each, assertions: [...assertions, ...open] };
    }),
  }));
  return { model: { ...instrumented, programs }, sites };
}

/** What only the list of sleeping calls says is a hint where the call may ask first. */
const ruleFor = (rule: Rule, event: LockEvent | undefined): Rule =>
  event?.listed === "doubtful" ? { ...rule, confidence: "audit" } : rule;

/** Some duties are owed only by a function that does the thing at all: so it knows of it. */
function concerns({ onlyWith }: Rule, { model }: Translation): boolean {
  if (onlyWith === undefined) return true;
  return (model.programs[0]?.transitions ?? []).some(({ events }) =>
    events?.some(({ kind }) => kind === onlyWith),
  );
}

/** What can be seen where an event happens; made once for all properties. */
function scopeOf({ binding }: Translation): (event: LockEvent) => Observations {
  const known = new Map<LockEvent, Observations>();
  return (event) => {
    const found = known.get(event) ?? binding.observe(event);
    known.set(event, found);
    return found;
  };
}

/** A property that sees of the function's locks those that an event is about. */
function inScope({ property, atReturn }: Rule, scope: (event: LockEvent) => Observations): Property {
  return {
    ...property,
    watch: (observe) => ({
      ...property.watch(observe),
      on: (event) => {
        if (event.kind === "return" && !atReturn) return undefined;
        return property.watch(scope(event)).on?.(event);
      },
    }),
  };
}

/** The events that the property demands something of, once for each demand. */
function eventsOf(
  property: Property,
  observe: Parameters<Property["watch"]>[0],
  { events = [] }: Transition,
): readonly LockEvent[] {
  const { on } = property.watch(observe);
  return events.flatMap((event) => (on?.(event)?.require ?? []).map(() => event));
}
