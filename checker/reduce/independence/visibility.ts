import type { Invariant } from "../../../model/ir/model.ts";
import { isChange, readsOf } from "./access.ts";
import type { Step, Steps } from "./steps.ts";

/**
 * Whether a step may change what an invariant says of a state. A transition's own assertions do not make it
 * visible: what they read counts as read by the transition, so that they fail in one order as in another.
 */
export function visibilityOf(steps: Steps): (step: Step) => boolean {
  const invariants = steps.problem.checks.flatMap((check) =>
    check.kind === "invariant" ? [check.invariant] : [],
  );
  const seen = invariants.map((each) => seenBy(each, steps));
  return (step) => seen.some((sees) => sees(step));
}

function seenBy(invariant: Invariant, steps: Steps): (step: Step) => boolean {
  switch (invariant.kind) {
    case "always":
    case "sometimes": {
      const names = new Set(readsOf(invariant.condition).map(({ place }) => place.name));
      return (step) => writes(step, names);
    }
    case "location":
      return seenAtLocation(invariant, steps);
    case "no-deadlock":
      // Persistent sets keep every deadlock: nothing is visible to it.
      return () => false;
  }
}

/** The acting task's own variables change only by its own steps, none of which stays at the location. */
function seenAtLocation(invariant: Invariant & { kind: "location" }, steps: Steps): (step: Step) => boolean {
  const names = new Set(
    readsOf(invariant.condition)
      .filter(({ place }) => place.of || !steps.isPrivate(place.name))
      .map(({ place }) => place.name),
  );
  return (step) => {
    const { from, to } = step.transition;
    const passes = step.program.name === invariant.program && [from, to].includes(invariant.location);
    return passes || writes(step, names);
  };
}

function writes({ accesses }: Step, names: ReadonlySet<string>): boolean {
  return accesses.some((each) => isChange(each) && names.has(each.place.name));
}
