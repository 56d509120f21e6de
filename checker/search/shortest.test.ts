import { expect, test } from "vitest";
import type { PropertyResult, Run, SearchResult } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import { shortestRuns } from "./shortest.ts";
import { toEnd } from "./time.ts";

const runOf = (length: number): Run => ({
  initial: 0,
  moves: Array.from({ length }, () => ({ task: 1, transition: 0 })),
});
const violated: PropertyResult = { property: "far", verdict: "violated", run: runOf(9), evaluated: true };
const held: PropertyResult = { property: "held", verdict: "holds", evaluated: true };

/** A full search that finds such runs; remembers what it was asked for. */
function fullSearch(found: readonly PropertyResult[], asked: SearchOptions[]) {
  return function* (options: SearchOptions): Generator<void, SearchResult> {
    asked.push(options);
    yield;
    return {
      properties: found,
      states: 1,
      transitions: 0,
      depth: 0,
      bounds: [],
      unreached: [],
      interrupted: false,
      backEnd: "none",
    };
  };
}

function shortened(found: readonly PropertyResult[], reduced: boolean, asked: SearchOptions[] = []) {
  return toEnd(shortestRuns([violated, held], {}, reduced, fullSearch(found, asked)));
}

test("a run found under reductions gives way to that of a full search within its length", () => {
  const asked: SearchOptions[] = [];
  const shorter = { ...violated, run: runOf(5), message: "sooner" };
  expect(shortened([shorter], true, asked)).toEqual([shorter, held]);
  expect(asked).toMatchObject([{ only: ["far"], maxDepth: 9, reduce: false }]);
});

test("where full search ends before it finds one, the run is not proven shortest", () => {
  const { run: _, ...unfinished } = { ...violated, verdict: "holds-within-bound" as const };
  expect(shortened([unfinished], true)).toEqual([{ ...violated, shortest: false }, held]);
  expect(shortened([unfinished], false)).toEqual([violated, held]);
});
