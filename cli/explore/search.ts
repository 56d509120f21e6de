import { propertiesOf } from "../../checker/problem.ts";
import type { SearchResult } from "../../checker/result.ts";
import { searchInTurns } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Family } from "../../counterexamples/shrink/family.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { watchSignals } from "../signals.ts";
import type { Terminal } from "../terminal.ts";
import { type Exploration, explorationOf } from "./exploration.ts";
import { memoryForStates } from "./memory.ts";
import type { ExploreOptions } from "./options.ts";
import { progressLine } from "./progress.ts";
import { walkRandomly } from "./random.ts";

/**
 * Searches a model, or walks it at random, and judges the properties asked for.
 * @throws InputError for a property that the model is not judged by.
 */
export async function searchFamily(
  family: Family,
  options: ExploreOptions,
  limits: SearchOptions,
  terminal: Terminal,
): Promise<Exploration> {
  const { subject } = family;
  const only = [...new Set(options.property ?? subject.properties)];
  const unknown = only.find((each) => !subject.properties.includes(each));
  if (unknown !== undefined) {
    throw new InputError(`not judged by '${unknown}' (valid: ${subject.properties.join(", ")})`);
  }
  const model = subject.judgedBy(only);
  const stated = { only: propertiesOf(model).filter((each) => only.includes(each)) };
  if (options.random === true) {
    const walked = await walkRandomly(model, stated, options, limits);
    return { ...explorationOf(family, walked, only), note: walked.note };
  }
  return explorationOf(
    family,
    await searchShown(model, { maxMemory: memoryForStates(), ...limits, ...stated }, terminal),
    only,
  );
}

async function searchShown(model: Model, options: SearchOptions, terminal: Terminal): Promise<SearchResult> {
  const { show, clear } = progressLine(terminal);
  const signals = options.checkpoint && watchSignals();
  try {
    const progress = show && { progress: show };
    const interrupted = signals && { interrupted: signals.interrupted };
    return await searchInTurns(model, { ...options, ...progress, ...interrupted });
  } finally {
    signals?.stop();
    clear();
  }
}
