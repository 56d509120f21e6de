import { constant, type Expression, equal } from "../../ir/expression.ts";
import type { Update, Variable } from "../../ir/model.ts";
import type { Statement } from "../../ir/procedure.ts";
import { type CallOptions, call } from "../../kernel/call.ts";
import { type KernelState, kernelState } from "../../kernel/kernel-state.ts";
import type { Mode } from "../../kernel/operation.ts";
import { mapping, mode, nesting, ownedLock, type Resource, readWriteLock } from "../../kernel/resource.ts";
import { scansBatch } from "../layout/batch.ts";
import { type Ptes, ptesOf } from "../layout/ptes.ts";

/** A walk over ptes that are taken in batches. */
export interface BatchWalk {
  readonly kernel: KernelState;
  readonly ptes: Ptes;
}

export function batchWalk(
  count: number,
  folios: number,
  mmapLock: Mode,
  ...others: readonly Resource[]
): BatchWalk {
  const ptes = ptesOf(count, folios);
  const kernel = kernelState(
    readWriteLock("mmap_lock", 1, { writers: false, entry: mmapLock }),
    ownedLock("ptl"),
    nesting("preempt", { below: 1, above: 3 }),
    nesting("rcu", { below: 1, above: 3 }),
    mode("lazy-mmu"),
    mapping("pte-table"),
    ptes.resource,
    ...others,
  );
  return { kernel, ptes };
}

export function variablesOf({ kernel, ptes }: BatchWalk): readonly Variable[] {
  const { continues, extent, position, current, nr } = ptes;
  return [...kernel.variables, ...[continues, extent, position, current, nr].map(({ variable }) => variable)];
}

/** A call about the current ptes: one, or nr where they are taken as a batch. */
export function calls(
  { kernel, ptes }: BatchWalk,
  name: string,
  text: string,
  options: CallOptions = {},
): Statement {
  const instances = { pte: ptes.position.value };
  return call(kernel, name, { text, instances, ...options });
}

export const ofBatch = ({ ptes }: BatchWalk): CallOptions => ({ extents: { pte: ptes.nr.value } });

/** What `continue` and the end of a round do: on to the pte behind those taken. */
export const advances = ({ ptes: { position, nr, current } }: BatchWalk): readonly Update[] => [
  position.set(position.plus(nr)),
  nr.set(1),
  current.set(0),
];

export const isLast = ({ ptes: { position, count } }: BatchWalk): Expression =>
  equal(position.value, constant(count - 1));

/** The call that finds out how many ptes can be taken at once. */
export function countsBatch(walk: BatchWalk): readonly Statement[] {
  return [
    scansBatch(walk.ptes, [{ name: "goes on", answers: [], updates: [] }]),
    calls(
      walk,
      "folio_pte_batch",
      "nr = folio_pte_batch(folio, addr, pte, ptent, max_nr, flags, NULL, NULL, NULL);",
      ofBatch(walk),
    ),
  ];
}
