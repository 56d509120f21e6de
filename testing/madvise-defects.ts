import { insertAfter, insertBefore, moveBefore, remove, type Spot } from "../model/ir/edit.ts";
import { add, constant, type Expression, subtract } from "../model/ir/expression.ts";
import { breakLoop, type Statement, when } from "../model/ir/procedure.ts";
import type { Edit } from "../model/scenarios/madvise/index.ts";
import { calls, type Madvise } from "../model/scenarios/madvise/madvise.ts";

/** One call removed, added or moved in a sound version, and what the property that sees it says. */
export interface Defect {
  readonly property: string;
  readonly edit: Edit;
  readonly message: string;
}

const READ = { text: "nr = 1; ptent = ptep_get" };
const LARGE = { text: "if (folio_test_large" };
const DEACTIVATE = { text: "folio_deactivate" };
const OUT = { text: "if (start_pte)" };

const removed =
  (text: string, nth = 1): Edit =>
  (body) =>
    remove(body, { text, nth });
const moved =
  (text: string, target: Spot): Edit =>
  (body) =>
    moveBefore(body, { text }, target);
const added =
  (target: Spot, name: string): Edit =>
  (body, objects) =>
    insertBefore(body, target, calls(objects, name, `${name}();`));
const addedBatch =
  (target: Spot, extent: (objects: Madvise) => Expression): Edit =>
  (body, objects) => {
    const extents = { pte: extent(objects) };
    return insertBefore(body, target, calls(objects, "mkold_ptes", "mkold_ptes();", { extents }));
  };

const nr = ({ ptes }: Madvise) => ptes.nr.value;
const rest = ({ ptes }: Madvise) => subtract(constant(ptes.count), ptes.position.value);
const tooMany = (objects: Madvise) => add(rest(objects), constant(1));

const givesUp: Edit = (body, { error }) => {
  const stops: Statement = when("err", error.is(true), [breakLoop]);
  return insertAfter(body, { text: "folio_put" }, stops);
};

const relocked: Edit = (body, objects) =>
  insertBefore(body, READ, calls(objects, "spin_lock", "spin_lock(ptl);", { objects: { spinlock: "ptl" } }));

/** A property's first defect turns any version that history finds sound into one that violates it. */
export const defects: readonly Defect[] = [
  { property: "ptl-held", edit: added(READ, "pte_unmap_unlock"), message: "without its page-table lock" },
  { property: "pte-mapped", edit: added(READ, "pte_unmap"), message: "after pte_unmap" },
  { property: "failed-split-continues", edit: givesUp, message: "not visited" },
  { property: "rcu-balanced", edit: added(OUT, "rcu_read_lock"), message: "returns with rcu unbalanced" },
  { property: "rcu-balanced", edit: added(OUT, "pte_unmap"), message: "left without having been entered" },
  { property: "preempt-balanced", edit: added(OUT, "preempt_disable"), message: "returns with preempt" },
  {
    property: "preempt-balanced",
    edit: added(OUT, "preempt_enable"),
    message: "without having been entered",
  },
  { property: "no-sleep-in-atomic", edit: added(READ, "cond_resched"), message: "in atomic context" },
  {
    property: "no-sleep-in-atomic",
    edit: moved("err = split_folio", { text: "pte_unmap_unlock", nth: 2 }),
    message: "in atomic context",
  },
  { property: "lazy-mmu-balanced", edit: removed("arch_enter_lazy"), message: "left while it is off" },
  { property: "lazy-mmu-balanced", edit: added(READ, "arch_enter_lazy_mmu_mode"), message: "entered while" },
  { property: "lazy-mmu-balanced", edit: removed("arch_leave_lazy", 3), message: "may sleep in lazy" },
  { property: "tlb-flushed-after-relock", edit: removed("flush_tlb", 2), message: "without a TLB flush" },
  { property: "isolated-folios-reclaimed", edit: removed("reclaim_pages"), message: "neither reclaimed" },
  { property: "folio-lock-balanced", edit: removed("folio_unlock"), message: "returns with a folio locked" },
  { property: "folio-lock-balanced", edit: added(LARGE, "folio_unlock"), message: "not locked here" },
  { property: "folio-refs-balanced", edit: removed("folio_put(folio)"), message: "returns with a reference" },
  { property: "folio-refs-balanced", edit: removed("folio_get(folio)"), message: "not taken here" },
  { property: "pte-batch-contract", edit: addedBatch(LARGE, rest), message: "more than one folio" },
  { property: "pte-batch-contract", edit: addedBatch(LARGE, tooMany), message: "behind the range" },
  { property: "each-pte-once", edit: addedBatch(DEACTIVATE, nr), message: "taken twice" },
  { property: "each-pte-once", edit: addedBatch(DEACTIVATE, tooMany), message: "behind the end" },
  { property: "no-deadlock", edit: relocked, message: "no task can go on" },
];
