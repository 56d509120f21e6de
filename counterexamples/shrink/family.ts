import type { Parameter, Scenario, ScenarioChoice } from "../../model/scenarios/scenario.ts";
import type { Property } from "../../properties/property.ts";
import { type Subject, scenarioSubject } from "../subject.ts";

/** A subject together with the same in smaller sizes. */
export interface Family {
  readonly subject: Subject;
  /** The smallest first; a parameter weighs more than those declared after it. Empty for a bare model. */
  smaller(): Iterable<Subject>;
}

/** A scenario at the sizes chosen, down to its smallest. Throws as `scenarioSubject` does. */
export function scenarioFamily(
  scenario: Scenario,
  choice: ScenarioChoice,
  library: readonly Property[],
): Family {
  return {
    subject: scenarioSubject(scenario, choice, library),
    *smaller() {
      for (const parameters of sizesBelow(scenario.parameters, choice.parameters)) {
        yield scenarioSubject(scenario, { ...choice, parameters }, library);
      }
    },
  };
}

/** A subject that has no other size. */
export const familyOf = (subject: Subject): Family => ({ subject, smaller: () => [] });

type Sizes = ScenarioChoice["parameters"];

/** All sizes up to the given ones but these themselves, in ascending order of the first, then the second, ... */
function sizesBelow(parameters: readonly Parameter[], given: Sizes): readonly Sizes[] {
  const all = parameters
    .filter((each) => !each.setting)
    .reduce<readonly Sizes[]>(
      (sizes, { name, min, default: usual }) =>
        sizes.flatMap((each) => upTo(min, given[name] ?? usual).map((value) => ({ ...each, [name]: value }))),
      [given],
    );
  return all.slice(0, -1);
}

const upTo = (min: number, max: number): readonly number[] =>
  Array.from({ length: Math.max(1, max - min + 1) }, (_, offset) => Math.min(min + offset, max));
