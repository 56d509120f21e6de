import { lower } from "../../ir/lower.ts";
import type { Variable } from "../../ir/model.ts";
import type { Statement } from "../../ir/procedure.ts";
import type { Parameter, Scenario, ScenarioChoice, ScenarioModel } from "../scenario.ts";
import { copyLocals, copyPteRange, destination } from "./copy.ts";
import { type BatchWalk, batchWalk, variablesOf } from "./walk.ts";
import { zapPteRange } from "./zap.ts";

const parameters: readonly Parameter[] = [
  { name: "ptes", summary: "ptes in the range", default: 3, min: 1, max: 6 },
  { name: "folios", summary: "large folios that they may map", default: 2, min: 1, max: 4 },
];

const properties = [
  "ptl-held",
  "pte-mapped",
  "pte-batch-contract",
  "rcu-balanced",
  "preempt-balanced",
  "lazy-mmu-balanced",
  "no-deadlock",
];

/** A scenario's body as a test changes it. */
export type Edit = (body: readonly Statement[], walk: BatchWalk) => readonly Statement[];

export const zapPresentPtes: Scenario = {
  id: "zap-present-ptes",
  summary: "zap_present_ptes in zap_pte_range: unmaps ptes, those of a large folio as a batch",
  versions: [],
  parameters,
  properties: [...properties, "tlb-flushed-after-relock"],
  build: (choice) => buildZap(choice),
};

export const copyPresentPtes: Scenario = {
  id: "copy-present-ptes",
  summary: "copy_present_ptes in copy_pte_range: copies ptes to a child, those of a large folio as a batch",
  versions: [],
  parameters,
  properties: [...properties, "no-sleep-in-atomic"],
  build: (choice) => buildCopy(choice),
};

export function buildZap(
  { parameters: { ptes = 3, folios = 2 } }: ScenarioChoice,
  edit?: Edit,
): ScenarioModel {
  const walk = batchWalk(ptes, folios, "shared");
  return build(zapPresentPtes.id, walk, zapPteRange(walk), [], edit);
}

/** fork holds mmap_lock for writing. */
export function buildCopy(
  { parameters: { ptes = 3, folios = 2 } }: ScenarioChoice,
  edit?: Edit,
): ScenarioModel {
  const walk = batchWalk(ptes, folios, "exclusive", ...destination);
  const locals = copyLocals();
  const own = [locals.preallocated.variable, locals.again.variable];
  return build(copyPresentPtes.id, walk, copyPteRange(walk, locals), own, edit);
}

function build(
  id: string,
  walk: BatchWalk,
  body: readonly Statement[],
  own: readonly Variable[],
  edit: Edit = (unchanged) => unchanged,
): ScenarioModel {
  const { program, listing } = lower(id, id, edit(body, walk));
  return {
    model: {
      name: id,
      sets: {},
      variables: [...variablesOf(walk), ...own],
      programs: [program],
      tasks: [{ program: id, count: 1 }],
      invariants: [],
    },
    observe: walk.kernel.observe,
    listing,
  };
}
