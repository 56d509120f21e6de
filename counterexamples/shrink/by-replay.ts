import type { Model } from "../../model/ir/model.ts";
import { attempt, type Violation } from "./attempt.ts";
import { type Simplify, simplifications } from "./candidates.ts";
import { compareCosts, costOf } from "./cost.ts";
import { type Script, scriptOf } from "./script.ts";

/** Steps of all that is tried: what a person waits for. A run of very many steps is left as short as it is by then. */
const MOST_STEPS = 1_000_000;

/** A candidate is told anew, which takes as long as to try one of so many of its steps. */
const TOLD = 8;

/** What is shrunk, and how many steps may still be tried. */
interface Trial {
  readonly model: Model;
  readonly property: string;
  left: number;
}

/**
 * Shrinks by trying alone, without any search: until no simpler way to tell the run violates the property, or as
 * many steps were tried as one waits for. Undefined where the script does not violate it.
 */
export function shrinkByReplay(
  model: Model,
  property: string,
  script: Script,
  most = MOST_STEPS,
): Violation | undefined {
  const trial: Trial = { model, property, left: most };
  let best = attempt(model, property, script);
  for (let before: Violation | undefined; best && best !== before && trial.left > 1; ) {
    before = best;
    for (const simplify of simplifications) best = exhaust(trial, best, simplify);
  }
  return best;
}

/** Takes the first simpler way that works, again and again. One kind leaves half of what is left to the others. */
function exhaust(all: Trial, start: Violation, simplify: Simplify): Violation {
  const share = Math.ceil(all.left / 2);
  const trial = { ...all, left: share };
  let best = start;
  for (let next: Violation | undefined = start; next; next = cheaper(trial, best, simplify)) {
    best = next;
  }
  all.left -= share - Math.max(0, trial.left);
  return best;
}

function cheaper(trial: Trial, violation: Violation, simplify: Simplify): Violation | undefined {
  const { model, property } = trial;
  const cost = costOf(model, violation);
  const { initial, intents } = scriptOf(model, violation);
  for (const candidate of simplify(model, violation, intents)) {
    if (trial.left <= 0) return undefined;
    trial.left -= candidate.length + intents.length / TOLD + 1;
    const found = attempt(model, property, { initial, intents: candidate }, violation);
    if (found && compareCosts(costOf(model, found), cost) < 0) return found;
  }
  return undefined;
}
