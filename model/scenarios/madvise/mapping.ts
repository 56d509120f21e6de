import type { Statement } from "../../ir/procedure.ts";
import { calls, type Madvise } from "./madvise.ts";

/** Maps and locks the page table; start_pte is NULL where it is gone. */
export function mapsAndLocks(objects: Madvise, text: string): Statement {
  const { startPte } = objects;
  return calls(objects, "pte_offset_map_lock", text, {
    on: { mapped: { updates: [startPte.set("mapped")] }, gone: { updates: [startPte.set("NULL")] } },
  });
}

export const unlocks = (objects: Madvise): Statement =>
  calls(objects, "pte_unmap_unlock", "pte_unmap_unlock(start_pte, ptl);");

export const flushes = (objects: Madvise): Statement =>
  calls(objects, "flush_tlb_batched_pending", "flush_tlb_batched_pending(mm);");

export const entersLazyMmu = (objects: Madvise): Statement =>
  calls(objects, "arch_enter_lazy_mmu_mode", "arch_enter_lazy_mmu_mode();");

export const leavesLazyMmu = (objects: Madvise): Statement =>
  calls(objects, "arch_leave_lazy_mmu_mode", "arch_leave_lazy_mmu_mode();");

export const mayReschedule = (objects: Madvise): Statement =>
  calls(objects, "cond_resched", "cond_resched();");
