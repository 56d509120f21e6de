import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { buildMadvise } from "../model/scenarios/madvise/index.ts";
import { judge } from "../testing/judge.ts";
import { VERSIONS } from "../testing/madvise-matrix.ts";
import { checkSource } from "./check.ts";

const FILE = "cold-range.c";
const text = readFileSync(new URL(`fixtures/${FILE}`, import.meta.url), "utf8");

/**
 * Of the scenario's matrix, failed-split-continues alone is not asked of C: whether the ptes behind a
 * failed split are still visited is no matter of locks, and C programs have no ptes to count.
 */
const COLUMNS = [
  "ptl-held",
  "pte-mapped",
  "rcu-balanced",
  "preempt-balanced",
  "no-sleep-in-atomic",
  "lazy-mmu-balanced",
  "tlb-flushed-after-relock",
  "isolated-folios-reclaimed",
];

test.each(VERSIONS)("the C of %s and its scenario agree in every column", async (version) => {
  const functions = [`cold_range_${version.replace("-", "_")}`];
  const { findings } = await checkSource({ file: FILE, text }, { functions, audit: true });
  const broken = new Set(findings.map(({ rule }) => rule));
  const built = buildMadvise({ version, parameters: {} });
  const { verdicts } = judge(built, COLUMNS);
  const inC = COLUMNS.map((each) => [each, broken.has(each) ? "violated" : "holds"]);
  expect(Object.fromEntries(inC)).toEqual(verdicts);
});

test("the path to v5's pte without its lock goes through the failed split and its continue", async () => {
  const { findings } = await checkSource({ file: FILE, text }, { functions: ["cold_range_v5"] });
  const path = findings.find(({ rule }) => rule === "ptl-held")?.path ?? [];
  const told = path.map((step) => step.decision ?? step.text);
  const places = ["folio_trylock() locked", "split_folio() fails", "err is true", "continue;"].map((each) =>
    told.indexOf(each),
  );
  expect(places).not.toContain(-1);
  expect([...places].sort((one, other) => one - other)).toEqual(places);
});
