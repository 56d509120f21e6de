import type { Domain } from "../../ir/domain.ts";
import { bound } from "../../ir/expression.ts";
import { local, range, type ScalarHandle } from "../../ir/place.ts";
import { choose, goto, label, type Statement, step, when } from "../../ir/procedure.ts";
import { bindAll, type CallOptions, call } from "../../kernel/call.ts";
import type { KernelState } from "../../kernel/kernel-state.ts";
import { asks } from "../asks.ts";
import { type BatchedFlush, flushAll, type Protocol } from "./flush.ts";

export interface Task {
  readonly kernel: KernelState;
  readonly mm: BatchedFlush;
  readonly protocol: Protocol;
  /** The page table that the task is at. */
  readonly at: ScalarHandle<Domain & { kind: "range" }>;
}

const NEXT = "next table";

/** Any page table comes next. */
const goesToTable = ({ mm, at }: Task, text: string): Statement =>
  choose(text, { choice: { name: NEXT, domain: mm.table }, updates: [at.set(bound(NEXT))] });

function calls({ kernel, at }: Task, name: string, text: string, options: CallOptions = {}): Statement {
  return call(kernel, name, { text, instances: { ptl: at.value, pte: at.value }, ...options });
}

/** try_to_unmap_one (mm/rmap.c) with TTU_BATCH_FLUSH: unmaps pages and leaves their translations for later. */
export function reclaims(task: Task): readonly Statement[] {
  const { mm, at, protocol } = task;
  return [
    label("next"),
    goesToTable(task, "rmap_walk: the next page"),
    calls(task, "pte_offset_map_lock", "page_vma_mapped_walk(&pvmw);", { outcomes: ["mapped"] }),
    when("pte_present(*pvmw.pte)", mm.present.at(at).is(true), [
      calls(task, "ptep_get_and_clear", "pteval = ptep_get_and_clear(mm, address, pvmw.pte);", {
        updates: [mm.present.at(at).set(false), mm.stale.at(at).set(true)],
      }),
      ...protocol.marksPending(mm),
    ]),
    calls(task, "pte_unmap_unlock", "page_vma_mapped_walk_done(&pvmw);"),
    asks(
      "if (tlb_ubc->flush_required) try_to_unmap_flush();",
      "try_to_unmap_flush",
      { name: "later" },
      { name: "now", updates: flushAll(mm) },
    ),
    goto("next"),
  ];
}

/** Walks the ptes of one page table after the other, and takes what is not present for unmapped everywhere. */
export function walks(task: Task): readonly Statement[] {
  const { mm, protocol } = task;
  return [
    label("next"),
    goesToTable(task, "walk_pmd_range: the next page table"),
    calls(task, "pte_offset_map_lock", "pte = pte_offset_map_lock(mm, pmd, addr, &ptl);", {
      outcomes: ["mapped"],
    }),
    ...protocol.awaitsPending(mm),
    readsPte(task),
    calls(task, "pte_unmap_unlock", "pte_unmap_unlock(pte, ptl);"),
    goto("next"),
  ];
}

function readsPte({ kernel, mm, at }: Task): Statement {
  const present = mm.present.at(at);
  const reading = (mode?: string) =>
    bindAll(kernel, [{ kind: "access", object: "pte", instance: at.value, ...(mode && { mode }) }]).events;
  return choose(
    "ptent = ptep_get(pte);",
    { name: "present", guard: present.is(true), updates: [], events: reading() },
    {
      name: "non-present",
      guard: present.is(false),
      updates: [],
      events: reading("non-present"),
      follow: [step("set_pte_at(mm, addr, pte, entry);", present.set(true))],
    },
  );
}

export const atTable = (name: string, mm: BatchedFlush) => local(name, range(1, mm.tables));
