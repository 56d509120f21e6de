import { expect, test } from "vitest";
import { judge } from "../../../testing/judge.ts";
import { buildMadvise, madvise } from "./index.ts";

const F = "violated";
const ok = "holds";

/** From the function's real history; the properties that no line names hold in every version. */
const MATRIX = {
  "failed-split-continues": [F, ok, ok, ok, ok, ok],
  "ptl-held": [ok, F, ok, ok, ok, ok],
  "rcu-balanced": [ok, F, ok, ok, ok, ok],
  "preempt-balanced": [ok, F, ok, ok, ok, ok],
  "no-sleep-in-atomic": [ok, F, ok, ok, ok, ok],
  "lazy-mmu-balanced": [ok, F, F, ok, ok, ok],
  "tlb-flushed-after-relock": [F, F, F, F, ok, ok],
  "isolated-folios-reclaimed": [F, F, F, F, F, ok],
  "pte-mapped": [ok, F, ok, ok, ok, ok],
};
const VERSIONS = ["base", "v5", "reply-literal", "v7", "flush-2025", "reclaim-2026"];

test("the versions are those of the history, oldest first", () => {
  expect(madvise.versions.map(({ id }) => id)).toEqual(VERSIONS);
});

test.each(VERSIONS)("%s is judged as history judged it", (version) => {
  const { verdicts, unevaluated, bounds } = judge(
    buildMadvise({ version, parameters: {} }),
    madvise.properties,
  );
  const column = VERSIONS.indexOf(version);
  const known = Object.entries(MATRIX).map(([property, row]) => [property, row[column]]);
  expect({ "pte-batch-contract": ok, ...verdicts }).toEqual({
    ...Object.fromEntries(madvise.properties.map((each) => [each, ok])),
    ...Object.fromEntries(known),
  });
  // Before the patch ptes are taken one by one.
  expect(unevaluated).toEqual(version === "base" ? ["pte-batch-contract"] : []);
  expect(bounds).toEqual([]);
});
