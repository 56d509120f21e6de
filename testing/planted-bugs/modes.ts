import type { Snapshot } from "../../checker/checkpoint/snapshot.ts";
import type { PropertyResult, SearchResult } from "../../checker/result.ts";
import { search } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { exploreRandomly } from "../../counterexamples/random/explore-randomly.ts";
import type { Model } from "../../model/ir/model.ts";

/** A way to look for violations. */
export interface Mode {
  readonly name: string;
  /** Whether its runs are the shortest. */
  readonly shortest: boolean;
  find(model: Model): SearchResult | Promise<SearchResult>;
}

const searching = (name: string, options: SearchOptions): Mode => ({
  name,
  shortest: true,
  find: (model) => search(model, options),
});

/** Left and taken up again once, half-way down to the violation. */
const resumed = (name: string, first: SearchOptions, second: SearchOptions = first): Mode => ({
  name: `${name}, resumed`,
  shortest: true,
  find: (model) => search(model, { ...second, resume: halfOf(model, first) }),
});

/** What a search that is interrupted half-way keeps. */
function halfOf(model: Model, options: SearchOptions): Snapshot {
  const saved: Snapshot[] = [];
  const save = (snapshot: Snapshot) => void saved.push(snapshot);
  const checkpoint = { every: Number.POSITIVE_INFINITY, save };
  let polls = Math.floor(search(model, options).depth / 2);
  search(model, { ...options, checkpoint, interrupted: () => polls-- === 0 });
  const [half] = saved;
  if (!half) throw new Error("nothing was saved");
  return structuredClone(half);
}

const FULL = { reduce: false } as const;

export const modes: readonly Mode[] = [
  searching("reduced", {}),
  searching("interpret", { ...FULL, backEnd: "interpret" }),
  searching("table", { ...FULL, backEnd: "table" }),
  searching("packed-js", { ...FULL, backEnd: "packed-js" }),
  searching("wasm", { ...FULL, backEnd: "wasm" }),
  searching("auto", FULL),
  searching("2 workers", { ...FULL, workers: 2 }),
  searching("3 workers", { ...FULL, workers: 3 }),
  searching("hash-compacted", { hashCompact: true }),
  searching("hash-compacted, in full", { ...FULL, hashCompact: true }),
  resumed("reduced", {}),
  resumed("table", { ...FULL, backEnd: "table" }),
  resumed("packed-js", { ...FULL, backEnd: "packed-js" }),
  resumed("wasm", { ...FULL, backEnd: "wasm" }),
  resumed("2 workers", { ...FULL, workers: 2 }),
  resumed("table, then 2 workers", { ...FULL, backEnd: "table" }, { ...FULL, workers: 2 }),
  {
    name: "random walks",
    shortest: false,
    find: (model) => exploreRandomly(model, { seed: 2, runs: 100 }),
  },
];

export function onlyResult({ properties }: SearchResult): PropertyResult {
  const [result] = properties;
  if (!result || properties.length > 1) throw new Error(`${properties.length} results`);
  return result;
}
