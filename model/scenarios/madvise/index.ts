import { InputError } from "../../input-error.ts";
import { lower } from "../../ir/lower.ts";
import type { Statement } from "../../ir/procedure.ts";
import type { Scenario, ScenarioChoice, ScenarioModel } from "../scenario.ts";
import { madviseFunction } from "./function.ts";
import { type Madvise, madviseObjects, variablesOf } from "./madvise.ts";
import { type Version, versions } from "./versions.ts";

/** madvise_cold_or_pageout_pte_range through its history, alone on its page table. */
export const madvise: Scenario = {
  id: "madvise",
  summary: "madvise_cold_or_pageout_pte_range: splits, ages or isolates what a page table maps",
  versions: versions.map(({ id, summary }) => ({ id, summary })),
  parameters: [
    { name: "ptes", summary: "ptes in the range", default: 2, min: 1, max: 6 },
    { name: "folios", summary: "large folios that they may map", default: 2, min: 1, max: 4 },
    {
      name: "batch",
      summary: "ptes between two need_resched(), for SWAP_CLUSTER_MAX",
      default: 2,
      min: 1,
      max: 6,
      setting: true,
    },
  ],
  properties: [
    "failed-split-continues",
    "ptl-held",
    "rcu-balanced",
    "preempt-balanced",
    "no-sleep-in-atomic",
    "lazy-mmu-balanced",
    "tlb-flushed-after-relock",
    "isolated-folios-reclaimed",
    "pte-mapped",
    "pte-batch-contract",
    "each-pte-once",
    "folio-lock-balanced",
    "folio-refs-balanced",
    "no-deadlock",
  ],
  build: (choice) => buildMadvise(choice),
};

/** The function as a test changes it. */
export type Edit = (body: readonly Statement[], objects: Madvise) => readonly Statement[];

export function buildMadvise(choice: ScenarioChoice, edit: Edit = (body) => body): ScenarioModel {
  const { ptes = 2, folios = 2, batch = 2 } = choice.parameters;
  const version = findVersion(choice.version);
  const objects = madviseObjects({ ptes, folios, batch });
  const body = edit(madviseFunction(objects, version), objects);
  const { program, listing } = lower("madvise", `madvise/${version.id}`, body);
  return {
    model: {
      name: `madvise/${version.id}`,
      sets: {},
      variables: variablesOf(objects),
      programs: [program],
      // One more group for who works on the same page table: reclaim, retraction, another madvise.
      tasks: [{ program: "madvise", count: 1 }],
      invariants: [],
    },
    observe: objects.kernel.observe,
    listing,
  };
}

function findVersion(id = "reclaim-2026"): Version {
  const found = versions.find((each) => each.id === id);
  if (found) return found;
  throw new InputError(
    `madvise has no version '${id}' (valid: ${versions.map((each) => each.id).join(", ")})`,
  );
}
