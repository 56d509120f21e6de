import type { ObjectOperation } from "../operation.ts";
import type { Primitive } from "../primitive.ts";
import { touch } from "./operations.ts";
import { row, until } from "./row.ts";

const PGTABLE = "include/linux/pgtable.h";

/** Which argument points to the pte. */
const reading = (name: string, operand = 2): Primitive =>
  row(name, PGTABLE, [touch("access", "pte", operand)], "any");

const batch = (operand: number): ObjectOperation => ({
  kind: "access",
  object: "pte",
  operand,
  mode: "batch",
});

/** Takes several ptes at once, which map consecutive pages of one folio. */
const batching = (name: string, source: string, operand = 2): Primitive =>
  row(name, source, [batch(operand)], "any");

const aging = [batch(2), touch("age", "pte", 2)];

/** What reads or writes ptes, under the page-table lock and through a live mapping. */
export const pteRows: readonly Primitive[] = [
  reading("ptep_get", 0),
  reading("set_pte_at"),
  reading("pte_clear"),
  reading("pte_clear_not_present_full"),
  reading("ptep_get_and_clear"),
  reading("ptep_get_and_clear_full"),
  reading("ptep_clear_flush"),
  reading("ptep_test_and_clear_young"),
  reading("ptep_set_wrprotect"),
  reading("ptep_set_access_flags"),
  reading("ptep_modify_prot_start"),
  reading("ptep_modify_prot_commit"),
  reading("clear_full_ptes"),
  batching("folio_pte_batch", "mm/internal.h"),
  batching("set_ptes", PGTABLE),
  batching("wrprotect_ptes", PGTABLE, 1),
  batching("get_and_clear_full_ptes", PGTABLE),
  row("clear_young_dirty_ptes", PGTABLE, aging),
  ...until("6.9", row("mkold_ptes", PGTABLE, aging)),
];
