import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { acquire, adverse, maySleep, ordinary, outcomes, release, row, schedules, touch } from "./row.ts";

const PAGEMAP = "include/linux/pagemap.h";
const MM = "include/linux/mm.h";
const HUGE = "mm/huge_memory.c: split_huge_page_to_list_to_order";

const split = (mode: "succeeded" | "failed"): Operation => ({
  kind: "split",
  object: "folio",
  operand: 0,
  mode,
});

/** A folio lock is a bit that sleeps; it does not touch the preempt count. */
export const folioRows: readonly Primitive[] = [
  row("folio_lock", `${PAGEMAP}: folio_lock`, [maySleep, acquire("folio-lock")]),
  outcomes(
    "folio_trylock",
    `${PAGEMAP}: folio_trylock`,
    ordinary("locked", "nonzero", [acquire("folio-lock")]),
    adverse("fails", "zero"),
  ),
  row("folio_unlock", "mm/filemap.c: folio_unlock", [release("folio-lock")]),
  row("folio_get", `${MM}: folio_get`, [touch("get", "folio")]),
  row("folio_put", `${MM}: folio_put`, [touch("put", "folio")]),
  /** Writeback fails it before it could sleep; a contended anon_vma or i_mmap rwsem makes it schedule. */
  outcomes(
    "split_folio",
    HUGE,
    ordinary("succeeds", "zero", [maySleep, split("succeeded")]),
    adverse("succeeds, contended", "zero", [maySleep, schedules, split("succeeded")]),
    adverse("fails early", "negative", [split("failed")]),
    adverse("fails", "negative", [maySleep, split("failed")]),
    adverse("fails, contended", "negative", [maySleep, schedules, split("failed")]),
    adverse("fails after unmapping", "negative", [maySleep, split("failed")]),
  ),
  outcomes(
    "folio_isolate_lru",
    "mm/vmscan.c: folio_isolate_lru",
    ordinary("isolated", "nonzero", [touch("isolate", "folio")]),
    adverse("fails", "zero"),
  ),
  row("folio_putback_lru", "mm/vmscan.c: folio_putback_lru", [touch("put-back", "folio")]),
  outcomes(
    "folio_prealloc",
    "mm/memory.c: folio_prealloc",
    ordinary("allocated", "pointer", [maySleep]),
    adverse("fails", "null", [maySleep]),
  ),
  row("reclaim_pages", "mm/vmscan.c: reclaim_pages", [maySleep, touch("reclaim", "folio")]),
];

/** Batched TLB flushing: what reclaim left pending is flushed before ptes are trusted. */
export const tlbRows: readonly Primitive[] = [
  row("flush_tlb_batched_pending", "mm/rmap.c: flush_tlb_batched_pending", [touch("flush", "tlb")]),
  row("tlb_remove_tlb_entry", "include/asm-generic/tlb.h: tlb_remove_tlb_entry", [
    touch("defer-flush", "tlb"),
  ]),
  row("tlb_remove_tlb_entries", "include/asm-generic/tlb.h: tlb_remove_tlb_entries", [
    touch("defer-flush", "tlb"),
  ]),
  row("tlb_remove_page", "include/asm-generic/tlb.h: tlb_remove_page", [touch("defer-flush", "tlb")]),
];
