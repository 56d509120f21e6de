import { propertiesOf } from "../../checker/problem.ts";
import type { SearchResult } from "../../checker/result.ts";
import { searchInTurns } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { RandomOptions } from "../../counterexamples/random/explore-randomly.ts";
import type { Family } from "../../counterexamples/shrink/family.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { watchSignals } from "../signals.ts";
import type { Terminal } from "../terminal.ts";
import { type Exploration, explorationOf } from "./exploration.ts";
import type { ExploreOptions } from "./options.ts";
import { progressLine } from "./progress.ts";

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
    const walked = await walk(model, stated, options, limits);
    return { ...explorationOf(family, walked, only), again: walked.again };
  }
  const searched = await searchShown(model, { maxMemory: memoryForStates(), ...limits, ...stated }, terminal);
  return explorationOf(family, searched, only);
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

const MEBIBYTE = 2 ** 20;
/** A table that has grown takes as much again for a while as was kept before: more than this might not end well. */
const SHARE = 0.6;

/** MiB for states where the user names no bound: a share of what the machine, or the container, has. */
function memoryForStates(): number {
  const machine = process.getBuiltinModule("node:os").totalmem();
  const container = process.constrainedMemory();
  const all = container > 0 ? Math.min(machine, container) : machine;
  return Math.max(1, Math.floor((all / MEBIBYTE) * SHARE));
}

/** Random walks, no longer than the depth allows, and the options that walk the same ways again. */
async function walk(
  model: Model,
  options: RandomOptions,
  { seed, path }: ExploreOptions,
  { maxDepth }: SearchOptions,
): Promise<SearchResult & { readonly again: readonly string[] }> {
  const { exploreRandomly } = await import("../../counterexamples/random/explore-randomly.ts");
  const result = await exploreRandomly(model, {
    ...options,
    ...(seed !== undefined && { seed: seedOf(seed) }),
    ...(path !== undefined && { path }),
    ...(maxDepth !== undefined && { maxSteps: maxDepth }),
  });
  const same = result.path === undefined ? [] : ["--path", result.path];
  return { ...result, again: ["--random", "--seed", String(result.seed), ...same] };
}

function seedOf(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new InputError(`--seed ${text}: not an integer`);
}
