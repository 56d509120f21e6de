import { and, not } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import { breakLoop, continueLoop, loop, type Statement, when } from "../../ir/procedure.ts";
import { returns } from "../../kernel/call.ts";
import { asks, asksToResched } from "../asks.ts";
import { inBatch, isLarge } from "../layout/batch.ts";
import { readsFolio } from "../layout/read-pte.ts";
import { advances, type BatchWalk, calls, countsBatch, isLast, ofBatch } from "./walk.ts";

/** zap_pte_range (mm/memory.c), which zap_present_ptes is part of. */
export function zapPteRange(walk: BatchWalk): readonly Statement[] {
  const { ptes } = walk;
  return [
    calls(walk, "pte_offset_map_lock", "start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl);", {
      on: { gone: { follow: [returns("return addr;")] } },
    }),
    calls(walk, "flush_tlb_batched_pending", "flush_tlb_batched_pending(mm);"),
    calls(walk, "arch_enter_lazy_mmu_mode", "arch_enter_lazy_mmu_mode();"),
    loop(
      "do ... while (pte += nr, addr += PAGE_SIZE * nr, addr != end)",
      ptes.position.lessThan(ptes.count),
      advances(walk),
      zapsPte(walk),
    ),
    calls(walk, "arch_leave_lazy_mmu_mode", "arch_leave_lazy_mmu_mode();"),
    calls(walk, "pte_unmap_unlock", "pte_unmap_unlock(start_pte, ptl);"),
    returns("return addr;"),
  ];
}

function zapsPte(walk: BatchWalk): readonly Statement[] {
  const { ptes } = walk;
  const kind = ptes.maps.at(ptes.position);
  return [
    calls(walk, "ptep_get", "nr = 1; ptent = ptep_get(pte);"),
    readsFolio(ptes, "folio = pte_present(ptent) ? vm_normal_folio(vma, addr, ptent) : NULL;"),
    when("pte_none(ptent)", kind.is("none"), [continueLoop]),
    asksToResched("if (need_resched())", [breakLoop]),
    when("!folio", ptes.current.is(0), [
      calls(walk, "ptep_get_and_clear_full", "ptep_get_and_clear_full(mm, addr, pte, tlb->fullmm);", {
        updates: becomeNone(walk),
      }),
      continueLoop,
    ]),
    when("folio_test_large(folio) && max_nr != 1", and(isLarge(ptes), not(isLast(walk))), countsBatch(walk)),
    calls(walk, "get_and_clear_full_ptes", "get_and_clear_full_ptes(mm, addr, pte, nr, tlb->fullmm);", {
      ...ofBatch(walk),
      updates: becomeNone(walk),
    }),
    calls(walk, "tlb_remove_tlb_entries", "tlb_remove_tlb_entries(tlb, pte, nr, addr);"),
    gathersPages(),
  ];
}

/** A full gather ends the walk, so that its pages can be freed. */
function gathersPages(): Statement {
  return asks(
    "if (__tlb_remove_folio_pages(tlb, page, nr, delay_rmap))",
    "__tlb_remove_folio_pages",
    { name: "has room" },
    { name: "is full", weight: 1, follow: [breakLoop] },
  );
}

function becomeNone({ ptes }: BatchWalk): readonly Update[] {
  return Array.from({ length: ptes.count }, (_, pte) => [
    ptes.maps.at(pte).setIf(inBatch(ptes, pte), "none"),
    ptes.large.at(pte).setIf(inBatch(ptes, pte), 0),
  ]).flat();
}
