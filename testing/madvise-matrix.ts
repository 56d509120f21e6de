export const VERSIONS = ["base", "v5", "reply-literal", "v7", "flush-2025", "reclaim-2026"];

const F = "violated";
const ok = "holds";

/** From the function's real history; the properties that no line names hold in every version. */
const MATRIX: Readonly<Record<string, readonly string[]>> = {
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

/** What history says of a version, whichever property is asked for. */
export const verdictInHistory = (property: string, version: string): string =>
  MATRIX[property]?.[VERSIONS.indexOf(version)] ?? ok;
