import type { PropertyResult, SearchResult } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import type { Pausing } from "./time.ts";

/** States of a full search that is worth its while to shorten a run. */
const ENOUGH = 1_000_000;

/**
 * Replaces runs by the shortest ones with the fewest adverse choices: those that a full, weighted search finds
 * within their length. Where that takes too many states, the run stays; if it was found under reductions,
 * it is marked as not proven shortest.
 */
export function* shortestRuns(
  found: readonly PropertyResult[],
  { interrupted, maxTime, maxMemory, maxStates }: SearchOptions,
  reduced: boolean,
  search: (options: SearchOptions) => Pausing<SearchResult>,
): Pausing<readonly PropertyResult[]> {
  const lengths = found.flatMap(({ run }) => (run ? [run.moves.length] : []));
  if (lengths.length === 0) return found;
  const only = found.filter(({ run }) => run).map(({ property }) => property);
  const maxDepth = Math.max(...lengths);
  // What the first search saw is not to be hidden by what a full one meets beyond it.
  const most = reduced ? ENOUGH : Math.min(ENOUGH, maxStates ?? ENOUGH);
  const full = yield* search({
    only,
    maxDepth,
    maxStates: most,
    reduce: false,
    ...(interrupted && { interrupted }),
    ...(maxTime !== undefined && { maxTime }),
    ...(maxMemory !== undefined && { maxMemory }),
  });
  const shorter = new Map(full.properties.map((each) => [each.property, each]));
  return found.map((each) => {
    if (!each.run) return each;
    const { run, message, verdict } = shorter.get(each.property) ?? {};
    if (run && verdict === each.verdict) return { ...each, run, ...(message !== undefined && { message }) };
    return reduced ? { ...each, shortest: false } : each;
  });
}
