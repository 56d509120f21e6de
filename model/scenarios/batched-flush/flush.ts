import type { Domain } from "../../ir/domain.ts";
import { and, constant, less } from "../../ir/expression.ts";
import type { Update } from "../../ir/model.ts";
import {
  type ArrayHandle,
  bool,
  local,
  range,
  type ScalarHandle,
  shared,
  sharedArray,
} from "../../ir/place.ts";
import { type Statement, step, when } from "../../ir/procedure.ts";
import type { Resource } from "../../kernel/resource.ts";

type Count = ScalarHandle<Domain & { kind: "range" }>;

/** One pte in each of several page tables of an mm, what processors cached of it, and what is pending. */
export interface BatchedFlush {
  readonly tables: number;
  readonly table: Domain;
  readonly present: ArrayHandle<typeof bool>;
  readonly stale: ArrayHandle<typeof bool>;
  /** mm->tlb_flush_batched: two generations, or, as it was once, a flag in `pending`. */
  readonly pending: Count;
  readonly flushed: Count;
  /** What a walk read of them. */
  readonly pendingRead: Count;
  readonly flushedRead: Count;
  readonly tlb: Resource;
}

export function batchedFlush(tables: number): BatchedFlush {
  const table = range(1, tables);
  // The reset comes after more unmaps than can happen while one walk flushes.
  const generation = range(0, tables + 1);
  const stale = sharedArray("tlb.stale", table, bool);
  return {
    tables,
    table,
    present: sharedArray("pte.present", table, bool, true),
    stale,
    pending: shared("tlb_flush_batched.pending", generation),
    flushed: shared("tlb_flush_batched.flushed", generation),
    pendingRead: local("batch.pending", generation),
    flushedRead: local("batch.flushed", generation),
    tlb: {
      object: "tlb",
      variables: [stale.variable],
      stale: (pte) => stale.at(pte ?? constant(1)).value,
      bind: () => undefined,
    },
  };
}

/** How reclaim says that a flush is pending, and how a walk awaits it: what the versions differ in. */
export interface Protocol {
  marksPending(mm: BatchedFlush): readonly Statement[];
  awaitsPending(mm: BatchedFlush): readonly Statement[];
}

/** The whole mm's translations go. */
export const flushAll = ({ tables, stale }: BatchedFlush): readonly Update[] =>
  Array.from({ length: tables }, (_, at) => stale.at(at + 1).set(false));

export const notAwaited: Protocol = { marksPending: () => [], awaitsPending: () => [] };

/** A flag loses what becomes pending between the flush and its clearing. */
export const flag: Protocol = {
  marksPending: ({ pending }) => [step("mm->tlb_flush_batched = true;", pending.set(1))],
  awaitsPending: (mm) => [
    when("mm->tlb_flush_batched", mm.pending.is(1), [
      step("flush_tlb_mm(mm);", ...flushAll(mm)),
      step("mm->tlb_flush_batched = false;", mm.pending.set(0)),
    ]),
  ],
};

/** Two generations: the flushed one moves only where nothing became pending meanwhile. */
export const generations: Protocol = {
  marksPending: ({ pending, flushed, tables }) => [
    when(
      "(batch & TLB_FLUSH_BATCH_PENDING_MASK) > TLB_FLUSH_BATCH_PENDING_LARGE",
      less(constant(tables), pending.value),
      [step("atomic_try_cmpxchg(&mm->tlb_flush_batched, &batch, 1);", pending.set(1), flushed.set(0))],
      [step("atomic_inc(&mm->tlb_flush_batched);", pending.increment())],
    ),
  ],
  awaitsPending: (mm) => {
    const { pending, flushed, pendingRead, flushedRead } = mm;
    const unchanged = and(pending.is(pendingRead), flushed.is(flushedRead));
    return [
      step(
        "batch = atomic_read(&mm->tlb_flush_batched);",
        pendingRead.set(pending),
        flushedRead.set(flushed),
      ),
      when("pending != flushed", pendingRead.isNot(flushedRead), [
        step("arch_flush_tlb_batched_pending(mm);", ...flushAll(mm)),
        step(
          "atomic_cmpxchg(&mm->tlb_flush_batched, batch, pending | pending << FLUSHED_SHIFT);",
          flushed.setIf(unchanged, pendingRead),
        ),
      ]),
    ];
  },
};
