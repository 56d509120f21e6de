import type { Primitive } from "../primitive.ts";
import {
  adverse,
  along,
  enter,
  leave,
  ordinary,
  outcomes,
  regardless,
  release,
  row,
  spinAcquire,
  spinRelease,
  touch,
} from "./row.ts";

const HUGE = "include/linux/huge_mm.h";
const RMAP = "include/linux/rmap.h";
const PGTABLE = "include/linux/pgtable.h";

/** Returns the lock it took, or NULL where the entry is no huge page. */
const hugeLock = (name: string): Primitive =>
  outcomes(
    name,
    `${HUGE}: ${name}`,
    ordinary("huge", "pointer", spinAcquire("ptl", "result")),
    adverse("not huge", "null"),
  );

const reading = (name: string, operand: number, file = PGTABLE): Primitive =>
  row(name, `${file}: ${name}`, [touch("access", "pte", operand)], "any");

/** The walk keeps the lock from one entry to the next, and drops it at the end. */
const pvmwLock = along(".ptl", spinAcquire("ptl"));
const pvmwUnlock = along(".ptl", [release("ptl"), leave("preempt")]);

/** Locks of the upper levels, walks that hold one, and more accesses to ptes. */
export const pageTableFamilyRows: readonly Primitive[] = [
  hugeLock("pmd_trans_huge_lock"),
  hugeLock("__pmd_trans_huge_lock"),
  hugeLock("pud_trans_huge_lock"),
  hugeLock("__pud_trans_huge_lock"),
  row("pud_lock", "include/linux/mm.h: pud_lock", spinAcquire("ptl", "result"), "pointer"),
  row("huge_pte_lock", "include/linux/hugetlb.h: huge_pte_lock", spinAcquire("ptl", "result"), "pointer"),
  outcomes(
    "get_locked_pte",
    "include/linux/mm.h: get_locked_pte",
    ordinary("mapped", "pointer", [
      enter("rcu"),
      touch("map", "pte-table", "result"),
      ...spinAcquire("ptl", 2),
    ]),
    adverse("no memory", "null"),
  ),
  row(
    "migration_entry_wait_on_locked",
    "include/linux/migrate.h: migration_entry_wait_on_locked",
    spinRelease("ptl", 1),
  ),
  outcomes(
    "page_vma_mapped_walk",
    `${RMAP}: page_vma_mapped_walk`,
    ordinary("found", "nonzero", regardless(pvmwLock)),
    ordinary("no more", "zero", regardless(pvmwUnlock)),
  ),
  row("page_vma_mapped_walk_done", `${RMAP}: page_vma_mapped_walk_done`, regardless(pvmwUnlock)),
  reading("ptep_modify_prot_start", 2),
  reading("ptep_modify_prot_commit", 2),
  reading("ptep_set_access_flags", 2),
  reading("ptep_clear_flush", 2),
  reading("pte_clear", 2),
  reading("pte_clear_not_present_full", 2),
  reading("clear_full_ptes", 2),
];
