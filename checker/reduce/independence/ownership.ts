import { TASK } from "../../../model/ir/domain.ts";
import type { Update } from "../../../model/ir/model.ts";
import { keyOf, type Place, placesChoosing, reads, readsOf, targetOf } from "./access.ts";
import { conjunctsOf, isNone, type Leaf, leavesOf, placesThatAre } from "./conditions.ts";
import { type Facts, factsOf, type Known } from "./facts.ts";
import type { Step, Steps } from "./steps.ts";

/**
 * Variables that hold their owner: a task takes one only where it is none (or its own already), and gives
 * up only what it owns. From these two rules it follows that while a task owns one, no other task changes it.
 */
export interface Ownership {
  readonly steps: Steps;
  readonly facts: Facts;
  readonly owned: ReadonlySet<string>;
  /** Why a variable that holds tasks is none of these: the label of the step that breaks the rules. */
  readonly refused: ReadonlyMap<string, string>;
  /** What the acting task surely owns as it takes the step. */
  ownedBy(step: Step): readonly Place[];
  /** What no other task owns as this one takes the step: free, or its own. */
  neededBy(step: Step): readonly Place[];
}

/**
 * The rules are checked on every step, with what is known at its location. That in turn supposes the rules
 * for the same variable in the steps before: an induction over the length of the run.
 */
export function ownershipOf(steps: Steps): Ownership {
  const candidates = new Set(
    [...steps.variables.values()]
      .filter(({ scope, domain }) => scope === "shared" && domain.kind === "id" && domain.set === TASK)
      .map(({ name }) => name),
  );
  const facts = factsOf(steps, candidates);
  const refused = new Map<string, string>();
  for (const step of steps.all) {
    for (const update of step.transition.updates) {
      const known = facts.at(step);
      const breaks = known && candidates.has(update.variable) && !keepsRules(update, step, known);
      if (breaks) refused.set(update.variable, step.transition.label);
    }
  }
  const owned = new Set([...candidates].filter((name) => !refused.has(name)));
  const among = (places: readonly Place[]) => places.filter(({ name }) => owned.has(name));
  const mine = new Map(steps.all.map((each) => [each, among(ownedIn(each, facts, steps))]));
  const free = new Map(steps.all.map((each) => [each, among(guardedAs("none", steps, each))]));
  const ownedBy = (step: Step) => mine.get(step) ?? [];
  const neededBy = (step: Step) => [...ownedBy(step), ...(free.get(step) ?? [])];
  return { steps, facts, owned, refused, ownedBy, neededBy };
}

function keepsRules(update: Update, { transition }: Step, known: Known): boolean {
  const place = targetOf(update);
  const guard = conjunctsOf(transition.guard);
  return leavesOf(update.value).every(({ value, conditions }: Leaf) => {
    const all = [...guard, ...conditions];
    const mine = known.mine.has(keyOf(place)) || names(placesThatAre("self", all), place);
    if (reads(value, place) || mine) return reads(value, place) || isNone(value) || value.kind === "self";
    return value.kind === "self" && names(placesThatAre("none", all), place);
  });
}

function names(places: readonly Place[], place: Place): boolean {
  return places.some((each) => keyOf(each) === keyOf(place));
}

function ownedIn(step: Step, facts: Facts, steps: Steps): readonly Place[] {
  return [...(facts.at(step)?.mine.values() ?? []), ...guardedAs("self", steps, step)];
}

/**
 * What the guard demands. A guard that finds a place by what others may change counts for nothing: it may
 * be wrong to read it at all, which a search notices whether the step can be taken or not.
 */
function guardedAs(wanted: "none" | "self", steps: Steps, { transition }: Step): readonly Place[] {
  const { guard } = transition;
  const choosing = guard ? readsOf(guard).flatMap(({ place }) => placesChoosing(place)) : [];
  if (choosing.some(({ place }) => !steps.isPrivate(place.name))) return [];
  return placesThatAre(wanted, conjunctsOf(guard));
}

/** Steps that may take a variable for the acting task. */
export function takes({ transition }: Step, name: string): boolean {
  return transition.updates.some(
    (update) => update.variable === name && leavesOf(update.value).some(({ value }) => value.kind === "self"),
  );
}
