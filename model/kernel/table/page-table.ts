import type { ObjectOperation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { adverse, enter, leave, ordinary, outcomes, row, spinAcquire, spinRelease, touch } from "./row.ts";

const GENERIC = "mm/pgtable-generic.c";
const MM = "include/linux/mm.h";
const PGTABLE = "include/linux/pgtable.h";

const gone = adverse("gone", "null", [touch("table-gone", "pte-table")]);
const mapped = [enter("rcu"), touch("map", "pte-table", "result")] as const;
const unmapped = [touch("unmap", "pte-table"), leave("rcu")] as const;

/**
 * Mapping a page table enters an RCU read section; its lock is a resource of its own. Where the table
 * is gone, nothing is held and *ptlp is unchanged.
 */
export const pageTableRows: readonly Primitive[] = [
  outcomes(
    "pte_offset_map_lock",
    `${GENERIC}: __pte_offset_map_lock`,
    ordinary("mapped", "pointer", [...mapped, ...spinAcquire("ptl", 3)]),
    gone,
  ),
  outcomes("pte_offset_map", `${GENERIC}: __pte_offset_map`, ordinary("mapped", "pointer", mapped), gone),
  {
    ...outcomes(
      "pte_offset_map_nolock",
      `${GENERIC}: pte_offset_map_nolock`,
      ordinary("mapped", "pointer", mapped),
      gone,
    ),
    until: "6.12",
  },
  row("pte_unmap", `${PGTABLE}: pte_unmap`, unmapped),
  row("pte_unmap_unlock", `${MM}: pte_unmap_unlock`, [...spinRelease("ptl", 1), ...unmapped]),
  outcomes(
    "pte_alloc_map_lock",
    `${MM}: pte_alloc_map_lock`,
    ordinary("mapped", "pointer", [...mapped, ...spinAcquire("ptl", 3)]),
    gone,
  ),
  row("pmd_lock", `${MM}: pmd_lock`, spinAcquire("ptl", "result"), "pointer"),
];

const reading = (name: string, kernel: string, operand: number): Primitive =>
  row(name, `${kernel}: ${name}`, [touch("access", "pte", operand)], "any");

const batch = (operand: number): ObjectOperation => ({
  kind: "access",
  object: "pte",
  operand,
  mode: "batch",
});

/** Takes several ptes at once, which map consecutive pages of one folio. */
const batching = (name: string, kernel: string, operand = 2): Primitive =>
  row(name, `${kernel}: ${name}`, [batch(operand)], "any");

const aging = [batch(2), touch("age", "pte", 2)];

/** What reads or writes ptes, under the page-table lock and through a live mapping. */
export const pteRows: readonly Primitive[] = [
  reading("ptep_get", PGTABLE, 0),
  reading("set_pte_at", PGTABLE, 2),
  reading("ptep_get_and_clear", PGTABLE, 2),
  reading("ptep_get_and_clear_full", PGTABLE, 2),
  reading("ptep_test_and_clear_young", PGTABLE, 2),
  reading("ptep_set_wrprotect", PGTABLE, 2),
  batching("folio_pte_batch", "mm/internal.h"),
  batching("set_ptes", PGTABLE),
  batching("wrprotect_ptes", PGTABLE, 1),
  batching("get_and_clear_full_ptes", PGTABLE),
  row("clear_young_dirty_ptes", `${PGTABLE}: clear_young_dirty_ptes`, aging),
  { ...row("mkold_ptes", `${PGTABLE}: mkold_ptes`, aging), until: "6.9" },
];
