import { type Family, familyOf, scenarioFamily } from "../../counterexamples/shrink/family.ts";
import { modelSubject } from "../../counterexamples/subject.ts";
import { InputError } from "../../model/input-error.ts";
import { properties } from "../../properties/library.ts";
import { choose } from "./choice.ts";
import { findTarget } from "./target.ts";

/** Which model, as the user named it. */
export interface ModelRequest {
  readonly name: string;
  readonly version?: string | undefined;
  /** The scenario's own options, as the user wrote them. */
  readonly words: readonly string[];
}

/**
 * The model asked for, and the same in smaller sizes.
 * @throws InputError for an unknown name, version or size.
 */
export async function findFamily({ name, version, words }: ModelRequest): Promise<Family> {
  const target = await findTarget(name);
  if (target.kind === "scenario") {
    return scenarioFamily(target.scenario, choose(target.scenario, version, words), properties);
  }
  if (version !== undefined || words.length > 0) {
    throw new InputError(`${name} is a bare model: it has no version and no parameters`);
  }
  return familyOf(modelSubject(target.path, target.model));
}
