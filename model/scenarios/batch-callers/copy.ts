import { and, not } from "../../ir/expression.ts";
import { bool, local, type ScalarHandle } from "../../ir/place.ts";
import {
  breakLoop,
  continueLoop,
  goto,
  label,
  loop,
  type Statement,
  step,
  when,
} from "../../ir/procedure.ts";
import { type CallOptions, returns } from "../../kernel/call.ts";
import { mapping, ownedLock } from "../../kernel/resource.ts";
import { asks, asksToResched } from "../asks.ts";
import { isLarge } from "../layout/batch.ts";
import { readsFolio } from "../layout/read-pte.ts";
import { advances, type BatchWalk, calls, countsBatch, isLast, ofBatch } from "./walk.ts";

/** The child's page table; ptes and ptl without a word are the parent's. */
export const destination = [ownedLock("destination-ptl"), mapping("destination-table")];
const OF_CHILD: CallOptions = {
  objects: { ptl: "destination-ptl", "pte-table": "destination-table", pte: "destination-pte" },
};

export interface CopyLocals {
  readonly preallocated: ScalarHandle<typeof bool>;
  readonly again: ScalarHandle<typeof bool>;
}

export const copyLocals = (): CopyLocals => ({
  preallocated: local("prealloc", bool),
  again: local("ret == -EAGAIN", bool),
});

/** copy_pte_range (mm/memory.c), which copy_present_ptes is part of. */
export function copyPteRange(walk: BatchWalk, locals: CopyLocals): readonly Statement[] {
  const { ptes } = walk;
  const unlocksChild = calls(walk, "pte_unmap_unlock", "pte_unmap_unlock(dst_pte, dst_ptl);", OF_CHILD);
  return [
    label("again"),
    calls(walk, "pte_alloc_map_lock", "dst_pte = pte_alloc_map_lock(dst_mm, dst_pmd, addr, &dst_ptl);", {
      ...OF_CHILD,
      on: { gone: { follow: [returns("return -ENOMEM;")] } },
    }),
    calls(
      walk,
      "pte_offset_map_nolock",
      "src_pte = pte_offset_map_nolock(src_mm, src_pmd, addr, &src_ptl);",
      {
        on: { gone: { follow: [unlocksChild, returns()] } },
      },
    ),
    calls(walk, "spin_lock_nested", "spin_lock_nested(src_ptl, SINGLE_DEPTH_NESTING);", {
      objects: { spinlock: "ptl" },
    }),
    calls(walk, "arch_enter_lazy_mmu_mode", "arch_enter_lazy_mmu_mode();"),
    loop(
      "do ... while (dst_pte += nr, src_pte += nr, addr += PAGE_SIZE * nr, addr != end)",
      ptes.position.lessThan(ptes.count),
      advances(walk),
      copiesPte(walk, locals),
    ),
    calls(walk, "arch_leave_lazy_mmu_mode", "arch_leave_lazy_mmu_mode();"),
    calls(walk, "pte_unmap_unlock", "pte_unmap_unlock(orig_src_pte, src_ptl);"),
    unlocksChild,
    calls(walk, "cond_resched", "cond_resched();"),
    when("ret == -EAGAIN", locals.again.value, [allocates(walk, locals)]),
    when("addr != end", ptes.position.lessThan(ptes.count), [goto("again")]),
    returns(),
  ];
}

function copiesPte(walk: BatchWalk, locals: CopyLocals): readonly Statement[] {
  const { ptes } = walk;
  const batches = and(not(locals.preallocated.value), isLarge(ptes), not(isLast(walk)));
  return [
    asksToResched("if (progress >= 32 && need_resched())", [breakLoop]),
    calls(walk, "ptep_get", "nr = 1; ptent = ptep_get(src_pte);"),
    readsFolio(ptes, "folio = pte_present(ptent) ? vm_normal_folio(src_vma, addr, ptent) : NULL;"),
    when("pte_none(ptent)", ptes.maps.at(ptes.position).is("none"), [continueLoop]),
    when("!pte_present(ptent)", ptes.maps.at(ptes.position).is("swap"), [
      calls(walk, "set_pte_at", "copy_nonpresent_pte: set_pte_at(dst_mm, addr, dst_pte, pte);", OF_CHILD),
      continueLoop,
    ]),
    when("!*prealloc && folio_test_large(folio) && max_nr != 1", batches, countsBatch(walk)),
    when("folio", not(ptes.current.is(0)), [duplicates(walk, locals)]),
    calls(walk, "wrprotect_ptes", "wrprotect_ptes(src_mm, addr, src_pte, nr);", ofBatch(walk)),
    calls(walk, "set_ptes", "set_ptes(dst_vma->vm_mm, addr, dst_pte, pte, nr);", OF_CHILD),
  ];
}

/** A page that may be pinned is copied at once, into a page that must be there before the locks are taken. */
function duplicates(walk: BatchWalk, { preallocated, again }: CopyLocals): Statement {
  const copies = [
    calls(walk, "set_pte_at", "set_pte_at(dst_vma->vm_mm, addr, dst_pte, pte);", {
      ...OF_CHILD,
      updates: [preallocated.set(false)],
    }),
    continueLoop,
  ];
  const retries = step("return -EAGAIN;", again.set(true), walk.ptes.nr.set(1), walk.ptes.current.set(0));
  return asks(
    "if (folio_try_dup_anon_rmap_ptes(folio, page, nr, src_vma))",
    "folio_try_dup_anon_rmap_ptes",
    { name: "shared with the child" },
    {
      name: "may be pinned",
      weight: 1,
      follow: [when("*prealloc", preallocated.value, copies), retries, breakLoop],
    },
  );
}

function allocates(walk: BatchWalk, { preallocated, again }: CopyLocals): Statement {
  return calls(walk, "folio_prealloc", "prealloc = folio_prealloc(src_mm, src_vma, addr, false);", {
    updates: [again.set(false)],
    on: {
      allocated: { updates: [preallocated.set(true)] },
      fails: { follow: [returns("return -ENOMEM;")] },
    },
  });
}
