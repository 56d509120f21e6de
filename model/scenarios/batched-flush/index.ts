import { InputError } from "../../input-error.ts";
import { lower } from "../../ir/lower.ts";
import { kernelState } from "../../kernel/kernel-state.ts";
import { ownedLock } from "../../kernel/resource.ts";
import type { Scenario, ScenarioChoice, ScenarioModel, ScenarioVersion } from "../scenario.ts";
import { batchedFlush, flag, generations, notAwaited, type Protocol } from "./flush.ts";
import { atTable, reclaims, walks } from "./tasks.ts";

const versions: readonly (ScenarioVersion & { readonly protocol: Protocol })[] = [
  {
    id: "not-awaited",
    summary: "before 4.13: nobody waits for what reclaim left pending",
    protocol: notAwaited,
  },
  { id: "flag", summary: "from 4.13: mm->tlb_flush_batched says that a flush is pending", protocol: flag },
  {
    id: "generations",
    summary: "from 5.17: it counts what became pending and what is flushed",
    protocol: generations,
  },
];

/**
 * Reclaim and a page-table walk share an mm whose TLB flushes are batched. One walk: with a second the few
 * generations modelled come round during one flush, which takes the kernel's 16384 unmaps.
 */
export const batchedTlbFlush: Scenario = {
  id: "batched-tlb-flush",
  summary: "reclaim leaves TLB flushes pending, and a walk must not trust ptes before they are done",
  versions: versions.map(({ id, summary }) => ({ id, summary })),
  parameters: [
    { name: "tables", summary: "page tables, each with one pte and a lock", default: 2, min: 1, max: 4 },
  ],
  properties: ["no-stale-translation", "no-deadlock"],
  build,
};

function build({ version, parameters: { tables = 2 } }: ScenarioChoice): ScenarioModel {
  const { id, protocol } = findVersion(version);
  const mm = batchedFlush(tables);
  const kernel = kernelState(ownedLock("ptl", mm.table), mm.tlb);
  const [reclaimsAt, walksAt] = [atTable("reclaim.table", mm), atTable("walk.table", mm)];
  const file = `batched-tlb-flush/${id}`;
  const reclaim = lower("reclaim", file, reclaims({ kernel, mm, protocol, at: reclaimsAt }));
  const walk = lower("walk", file, walks({ kernel, mm, protocol, at: walksAt }), reclaim.listing);
  const own = [mm.present, mm.pending, mm.flushed, mm.pendingRead, mm.flushedRead, reclaimsAt, walksAt];
  return {
    model: {
      name: `batched-tlb-flush/${id}`,
      sets: {},
      variables: [...kernel.variables, ...own.map(({ variable }) => variable)],
      programs: [reclaim.program, walk.program],
      tasks: [
        { program: "reclaim", count: 1 },
        { program: "walk", count: 1 },
      ],
      invariants: [],
    },
    observe: kernel.observe,
    listing: walk.listing,
  };
}

function findVersion(id = "generations") {
  const found = versions.find((each) => each.id === id);
  if (found) return found;
  const valid = versions.map((each) => each.id).join(", ");
  throw new InputError(`batched-tlb-flush has no version '${id}' (valid: ${valid})`);
}
