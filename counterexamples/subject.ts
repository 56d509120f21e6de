import { InputError } from "../model/input-error.ts";
import type { Model } from "../model/ir/model.ts";
import type { ListingLine } from "../model/ir/procedure.ts";
import type { Observations } from "../model/kernel/observation.ts";
import type { Scenario, ScenarioChoice } from "../model/scenarios/scenario.ts";
import { instrument } from "../properties/instrument.ts";
import type { Property } from "../properties/property.ts";
import type { ModelIdentity } from "./trace/trace.ts";

/** A model to be explored, with what traces of it must say. */
export interface Subject {
  readonly identity: ModelIdentity;
  readonly properties: readonly string[];
  readonly listing: readonly ListingLine[];
  /** How to read kernel state off it; absent for a bare model. */
  readonly observe?: Observations;
  /** The model with what these properties demand and remember. */
  judgedBy(properties: readonly string[]): Model;
}

/**
 * A scenario in one version and size. `library` is where its properties are found by name.
 * @throws InputError where the library lacks one of them.
 */
export function scenarioSubject(
  scenario: Scenario,
  choice: ScenarioChoice,
  library: readonly Property[],
): Subject {
  const { model, observe, listing } = scenario.build(choice);
  const own = propertiesOf(model);
  let latest: { readonly names: string; readonly judged: Model } | undefined;
  const find = (name: string) => {
    const found = library.find((each) => each.name === name);
    if (found || own.includes(name)) return found ? [found] : [];
    throw new InputError(
      `unknown property '${name}' (valid: ${library.map((each) => each.name).join(", ")})`,
    );
  };
  return {
    identity: identityOf(scenario.id, choice, model),
    properties: [...new Set([...scenario.properties, ...own])],
    listing,
    observe,
    judgedBy: (names) => {
      const key = names.join();
      // A trace is built and explained of the same model, and what is known of that is kept by it.
      if (latest?.names !== key)
        latest = { names: key, judged: instrument(model, observe, names.flatMap(find)) };
      return latest.judged;
    },
  };
}

/** A bare model, judged by its own assertions and invariants. */
export function modelSubject(path: string, model: Model): Subject {
  return {
    identity: identityOf(path, { parameters: {} }, model),
    properties: propertiesOf(model),
    listing: [],
    judgedBy: () => model,
  };
}

function identityOf(scenario: string, { version, parameters }: ScenarioChoice, model: Model): ModelIdentity {
  let digest: string | undefined;
  return {
    scenario,
    ...(version !== undefined && { version }),
    parameters,
    // Most runs print no trace as JSON, and hashing takes longer than a small search.
    get digest() {
      digest ??= digestOf(model);
      return digest;
    },
  };
}

/** What a model is judged by without any property added to it. */
function propertiesOf({ invariants, programs }: Model): readonly string[] {
  const transitions = programs.flatMap((program) => program.transitions);
  const assertions = transitions.flatMap((transition) => transition.assertions ?? []);
  return [...new Set([...invariants, ...assertions].map(({ property }) => property))];
}

/**
 * SHA-256, in hex, over what decides how a model runs: sets, variables, programs and tasks. What it is
 * judged by is left out, so that a property may be reworded without making old traces worthless, and so is what
 * `sequence` did not say when they were written.
 */
export function digestOf({ sets, variables, programs, tasks }: Model): string {
  const judged = new Set(["assertions", "source", "overrides"]);
  const text = JSON.stringify({ sets, variables, programs, tasks }, (key, value: unknown) =>
    judged.has(key) ? undefined : value,
  );
  return process.getBuiltinModule("node:crypto").createHash("sha256").update(text).digest("hex");
}
