import type { Model } from "../../model/ir/model.ts";
import { attempt, type Violation } from "./attempt.ts";
import { type Simplify, simplifications } from "./candidates.ts";
import { compareCosts, costOf } from "./cost.ts";
import { type Script, scriptOf } from "./script.ts";

/**
 * Shrinks by trying alone, without any search: until no simpler way to tell the run violates the property.
 * Undefined where the script does not violate it.
 */
export function shrinkByReplay(model: Model, property: string, script: Script): Violation | undefined {
  let best = attempt(model, property, script);
  for (let before: Violation | undefined; best && best !== before; ) {
    before = best;
    for (const simplify of simplifications) best = exhaust(model, property, best, simplify);
  }
  return best;
}

/** Takes the first simpler way that works, again and again. */
function exhaust(model: Model, property: string, start: Violation, simplify: Simplify): Violation {
  let best = start;
  for (let next: Violation | undefined = start; next; next = cheaper(model, property, best, simplify)) {
    best = next;
  }
  return best;
}

function cheaper(
  model: Model,
  property: string,
  violation: Violation,
  simplify: Simplify,
): Violation | undefined {
  const cost = costOf(model, violation);
  const { initial, intents } = scriptOf(model, violation);
  for (const candidate of simplify(model, violation, intents)) {
    const found = attempt(model, property, { initial, intents: candidate }, violation);
    if (found && compareCosts(costOf(model, found), cost) < 0) return found;
  }
  return undefined;
}
