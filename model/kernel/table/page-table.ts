import type { Primitive } from "../primitive.ts";
import { spinningLock } from "./lock.ts";
import { enter, leave, regardless, touch } from "./operations.ts";
import { adverse, locking, ordinary, outcomes, row, since, unlocking, until } from "./row.ts";

const GENERIC = "mm/pgtable-generic.c";
const MM = "include/linux/mm.h";
const PGTABLE = "include/linux/pgtable.h";
const HUGE = "include/linux/huge_mm.h";
const RMAP = "include/linux/rmap.h";

const ptl = (operand: number | "result") => spinningLock("ptl", { operand });

const mapped = [enter("rcu"), touch("map", "pte-table", "result")] as const;
const unmapped = [touch("unmap", "pte-table"), leave("rcu")] as const;
/** Nothing is held, and *ptlp is unchanged. */
const gone = adverse("gone", "null", [touch("table-gone", "pte-table")]);

const mapping = (name: string, source: string): Primitive =>
  outcomes(name, source, ordinary("mapped", "pointer", mapped), gone);

const mappingLocked = (name: string, source: string): Primitive =>
  outcomes(name, source, ordinary("mapped", "pointer", [...mapped, ...ptl(3).take]), gone);

/** Like pte_offset_map: the lock is named, not taken. */
const mappingNamed = (name: string): Primitive =>
  outcomes(name, MM, ordinary("mapped", "pointer", mapped), adverse("gone", "null"));

/** Returns the lock it took, or NULL where the entry is no huge page. */
const lockingHuge = (name: string): Primitive =>
  outcomes(name, HUGE, ordinary("huge", "pointer", ptl("result").take), adverse("not huge", "null"));

/** The walk keeps the lock from one entry to the next, and drops it at the end. */
const walk = spinningLock("ptl", { path: ".ptl" });

/** Mapping a page table enters an RCU read section; its lock is a resource of its own. */
export const pageTableRows: readonly Primitive[] = [
  mappingLocked("pte_offset_map_lock", `${GENERIC}: __pte_offset_map_lock`),
  mappingLocked("pte_alloc_map_lock", MM),
  mapping("pte_offset_map", `${GENERIC}: __pte_offset_map`),
  ...until("6.12", mapping("pte_offset_map_nolock", GENERIC)),
  ...since("6.13", mappingNamed("pte_offset_map_ro_nolock"), mappingNamed("pte_offset_map_rw_nolock")),
  row("pte_unmap", PGTABLE, unmapped),
  unlocking("pte_unmap_unlock", MM, ptl(1), ...unmapped),
  outcomes(
    "get_locked_pte",
    MM,
    ordinary("mapped", "pointer", [...mapped, ...ptl(2).take]),
    adverse("no memory", "null"),
  ),
  locking("pmd_lock", MM, ptl("result")),
  locking("pud_lock", MM, ptl("result")),
  locking("huge_pte_lock", "include/linux/hugetlb.h", ptl("result")),
  lockingHuge("pmd_trans_huge_lock"),
  lockingHuge("__pmd_trans_huge_lock"),
  lockingHuge("pud_trans_huge_lock"),
  lockingHuge("__pud_trans_huge_lock"),
  unlocking("migration_entry_wait_on_locked", "include/linux/migrate.h", ptl(1)),
  outcomes(
    "page_vma_mapped_walk",
    RMAP,
    ordinary("found", "nonzero", regardless(walk.take)),
    ordinary("no more", "zero", regardless(walk.drop)),
  ),
  row("page_vma_mapped_walk_done", RMAP, regardless(walk.drop)),
];
