import type { Operation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { maySleep, schedules, touch } from "./operations.ts";
import { adverse, ordinary, outcomes, row } from "./row.ts";

const MM = "include/linux/mm.h";
const VMSCAN = "mm/vmscan.c";
const TLB = "include/asm-generic/tlb.h";

const split = (mode: "succeeded" | "failed"): Operation => ({
  kind: "split",
  object: "folio",
  operand: 0,
  mode,
});

/** What is done to folios besides locking them. */
export const folioRows: readonly Primitive[] = [
  row("folio_get", MM, [touch("get", "folio")]),
  row("folio_put", MM, [touch("put", "folio")]),
  /** Writeback fails it before it could sleep; a contended anon_vma or i_mmap rwsem makes it schedule. */
  outcomes(
    "split_folio",
    "mm/huge_memory.c: split_huge_page_to_list_to_order",
    ordinary("succeeds", "zero", [maySleep, split("succeeded")]),
    adverse("succeeds, contended", "zero", [maySleep, schedules, split("succeeded")]),
    adverse("fails early", "negative", [split("failed")]),
    adverse("fails", "negative", [maySleep, split("failed")]),
    adverse("fails, contended", "negative", [maySleep, schedules, split("failed")]),
    adverse("fails after unmapping", "negative", [maySleep, split("failed")]),
  ),
  outcomes(
    "folio_isolate_lru",
    VMSCAN,
    ordinary("isolated", "nonzero", [touch("isolate", "folio")]),
    adverse("fails", "zero"),
  ),
  row("folio_putback_lru", VMSCAN, [touch("put-back", "folio")]),
  outcomes(
    "folio_prealloc",
    "mm/memory.c",
    ordinary("allocated", "pointer", [maySleep]),
    adverse("fails", "null", [maySleep]),
  ),
  row("reclaim_pages", VMSCAN, [maySleep, touch("reclaim", "folio")]),
];

/** Batched TLB flushing: what reclaim left pending is flushed before ptes are trusted. */
export const tlbRows: readonly Primitive[] = [
  row("flush_tlb_batched_pending", "mm/rmap.c", [touch("flush", "tlb")]),
  row("tlb_remove_tlb_entry", TLB, [touch("defer-flush", "tlb")]),
  row("tlb_remove_tlb_entries", TLB, [touch("defer-flush", "tlb")]),
  row("tlb_remove_page", TLB, [touch("defer-flush", "tlb")]),
];
