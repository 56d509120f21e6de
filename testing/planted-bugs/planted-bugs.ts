import type { Model } from "../../model/ir/model.ts";
import { batchedTlbFlush } from "../../model/scenarios/batched-flush/index.ts";
import { buildMadvise } from "../../model/scenarios/madvise/index.ts";
import { ptlProtocol } from "../../model/scenarios/ptl-protocol/index.ts";
import type { ScenarioModel } from "../../model/scenarios/scenario.ts";
import { instrument } from "../../properties/instrument.ts";
import { propertiesOf } from "../../properties/library.ts";
import { defects } from "../madvise-defects.ts";
import { stepWithout } from "./step-without.ts";

/** A sound scenario with one mistake in it, which violates the property. */
export interface PlantedBug {
  readonly property: string;
  readonly where: string;
  /** The mistaken model, judged by the property alone. */
  readonly model: Model;
  /** The same model without the mistake. */
  readonly sound: Model;
}

/** One bug for each property that the madvise scenario is judged by: one task, long control flow, adverse outcomes. */
function inMadvise(): readonly PlantedBug[] {
  const sound = { version: "reclaim-2026", parameters: { ptes: 2, folios: 1, batch: 1 } };
  const first = new Map([...defects].reverse().map((each) => [each.property, each]));
  return [...first.values()].map(({ property, edit }) =>
    planted("madvise", property, buildMadvise(sound, edit), buildMadvise(sound)),
  );
}

/** Which step of the protocol forgets to change what, by the property that this violates. */
const FORGOTTEN = {
  "ptl-held": ["pte_offset_map_lock();", "ptl.owner"],
  "pte-mapped": ["pte_offset_map_lock();", "pte-table.mapped"],
  "rcu-balanced": ["pte_unmap_unlock();", "rcu.depth"],
  "preempt-balanced": ["pte_unmap_unlock();", "preempt.depth"],
  "no-sleep-in-atomic": ["pte_unmap_unlock();", "preempt.depth"],
  "lazy-mmu-balanced": ["arch_leave_lazy_mmu_mode();", "lazy-mmu.on"],
  "folio-lock-balanced": ["folio_unlock();", "folio-lock.owner"],
  "folio-refs-balanced": ["folio_put();", "folio.references"],
  "no-deadlock": ["pte_unmap_unlock();", "ptl.owner"],
} as const;

/** One bug for each property that the benchmark's protocol is judged by: several tasks, which all reductions apply to. */
function inProtocol(): readonly PlantedBug[] {
  const sound = ptlProtocol.build({ parameters: { tasks: 2, ptes: 1, folios: 1 } });
  return Object.entries(FORGOTTEN).map(([property, [label, variable]]) =>
    planted("ptl-protocol", property, forgetting(sound, label, variable), sound),
  );
}

/** The mistake that the kernel had from 4.13 to 5.17. */
function inBatchedFlush(): PlantedBug {
  const of = (version: string) => batchedTlbFlush.build({ version, parameters: { tables: 2 } });
  return planted("batched-tlb-flush", "no-stale-translation", of("flag"), of("generations"));
}

export const plantedBugs: readonly PlantedBug[] = [...inMadvise(), ...inProtocol(), inBatchedFlush()];

function planted(where: string, property: string, bug: ScenarioModel, sound: ScenarioModel): PlantedBug {
  const judged = ({ model, observe }: ScenarioModel) =>
    instrument(model, observe, propertiesOf({ properties: [property] }));
  return { property, where, model: judged(bug), sound: judged(sound) };
}

/** The model with one update left out of the first step of that label. */
function forgetting(built: ScenarioModel, label: string, variable: string): ScenarioModel {
  const programs = built.model.programs.map((program) => {
    const at = program.transitions.findIndex((each) => each.label === label);
    const step = program.transitions[at];
    if (!step) throw new Error(`no step '${label}'`);
    return { ...program, transitions: program.transitions.with(at, stepWithout(step, variable)) };
  });
  return { ...built, model: { ...built.model, programs } };
}
