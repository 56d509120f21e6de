import type { SearchOptions } from "../../checker/search-options.ts";
import type { RandomOptions, RandomResult } from "../../counterexamples/random/explore-randomly.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import type { ExploreOptions } from "./options.ts";

/** Random walks, no longer than the depth allows, with how to walk the same ways again. */
export async function walkRandomly(
  model: Model,
  options: RandomOptions,
  { seed, path }: ExploreOptions,
  limits: SearchOptions,
): Promise<RandomResult & { readonly note: string }> {
  const { exploreRandomly } = await import("../../counterexamples/random/explore-randomly.ts");
  const chosen = {
    ...(seed !== undefined && { seed: seedOf(seed) }),
    ...(path !== undefined && { path }),
    ...(limits.maxDepth !== undefined && { maxSteps: limits.maxDepth }),
  };
  const result = await exploreRandomly(model, { ...options, ...chosen });
  const again = result.path === undefined ? "" : ` --path ${result.path}`;
  return { ...result, note: `the same walks again: --random --seed ${result.seed}${again}` };
}

function seedOf(text: string): number {
  if (/^-?\d+$/.test(text)) return Number(text);
  throw new InputError(`--seed ${text}: not an integer`);
}
