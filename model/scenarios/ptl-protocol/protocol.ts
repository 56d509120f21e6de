import type { Domain } from "../../ir/domain.ts";
import { type Expression, not, TRUE } from "../../ir/expression.ts";
import type { Choice } from "../../ir/model.ts";
import type { Place } from "../../ir/place.ts";
import { choose, goto, label, type Statement } from "../../ir/procedure.ts";
import { bindAll, type CallOptions, call } from "../../kernel/call.ts";
import type { KernelState } from "../../kernel/kernel-state.ts";

/** The walk's own variables. */
export interface Walk {
  readonly ptes: number;
  readonly position: Place<Domain & { kind: "range" }>;
  readonly folio: Place<Domain & { kind: "id" }>;
  readonly error: Place<{ kind: "enum"; values: readonly ["none", "split-failed", "table-gone"] }>;
  readonly picked: Choice;
  readonly pick: Expression;
}

/** One task's walk, over and over. Its states are those of the benchmark's Promela, Murphi and TLA+. */
export function protocol(kernel: KernelState, walk: Walk): readonly Statement[] {
  const { position, folio, error } = walk;
  const instances = { folio: folio.value, "folio-lock": folio.value };
  const on = (name: string, options: CallOptions = {}) => call(kernel, name, { instances, ...options });
  const locked = not(
    kernel.bind({ kind: "acquire", object: "folio-lock", mode: "exclusive", instance: folio.value }).guard ??
      TRUE,
  );
  return [
    label("again"),
    on("mmap_read_lock"),
    on("pte_offset_map_lock", { outcomes: ["mapped"] }),
    on("arch_enter_lazy_mmu_mode"),
    label("next"),
    nextPte(kernel, walk),
    on("folio_trylock", {
      on: {
        fails: { guard: locked, updates: [position.increment(), folio.set("none")], follow: [goto("next")] },
      },
    }),
    on("folio_get"),
    on("arch_leave_lazy_mmu_mode"),
    on("pte_unmap_unlock"),
    on("split_folio", {
      outcomes: ["succeeds", "fails"],
      on: { succeeds: { updates: [error.set("none")] }, fails: { updates: [error.set("split-failed")] } },
    }),
    on("folio_unlock"),
    on("folio_put", { updates: [folio.set("none")] }),
    on("pte_offset_map_lock", {
      on: { gone: { updates: [error.set("table-gone")], follow: [goto("unmapped")] } },
    }),
    on("arch_enter_lazy_mmu_mode", { updates: [position.increment()] }),
    goto("next"),
    label("out"),
    on("arch_leave_lazy_mmu_mode"),
    on("pte_unmap_unlock"),
    label("unmapped"),
    on("mmap_read_unlock"),
    finish(walk),
  ];
}

/** The loop's head reads a pte: it ends, skips it, or finds that it maps a folio. */
function nextPte(kernel: KernelState, { ptes, position, folio, picked, pick }: Walk): Statement {
  const reads = bindAll(kernel, [{ kind: "access", object: "pte", instance: position.value }]).events;
  const more = position.lessThan(ptes);
  return choose(
    "for (; addr < end; addr += PAGE_SIZE) ptent = ptep_get(pte);",
    { name: "done", guard: position.is(ptes), updates: [], follow: [goto("out")] },
    {
      name: "maps no folio",
      guard: more,
      updates: [position.increment()],
      events: reads,
      follow: [goto("next")],
    },
    { name: "maps a folio", guard: more, choice: picked, updates: [folio.set(pick)], events: reads },
  );
}

function finish({ position, error }: Walk): Statement {
  return choose("return 0; and again", {
    updates: [position.set(0), error.set("none")],
    events: [{ kind: "return", object: "function", updates: [] }],
    follow: [goto("again")],
  });
}
