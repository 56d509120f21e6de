import type { Variable } from "../../ir/model.ts";
import { bool, local, oneOf, range, sharedArray } from "../../ir/place.ts";
import type { Statement } from "../../ir/procedure.ts";
import { type CallOptions, call } from "../../kernel/call.ts";
import { kernelState } from "../../kernel/kernel-state.ts";
import { mapping, mode, nesting, ownedLock, readWriteLock, references } from "../../kernel/resource.ts";
import { SEEN } from "../layout/attribute.ts";
import { ptesOf } from "../layout/ptes.ts";

/** How large an instance is explored. */
export interface Size {
  readonly ptes: number;
  readonly folios: number;
  /** Stands for SWAP_CLUSTER_MAX: after so many ptes the function asks whether to give way. */
  readonly batch: number;
}

/** What the function works on: its arguments and locals, the ptes of its range, the kernel's objects. */
export type Madvise = ReturnType<typeof madviseObjects>;

export function madviseObjects({ ptes: count, folios, batch }: Size) {
  const ptes = ptesOf(count, folios);
  const attribute = (name: string) => sharedArray(`folio.${name}`, ptes.folio, SEEN);
  const kernel = kernelState(
    readWriteLock("mmap_lock", 1, { writers: false, entry: "shared" }),
    ownedLock("ptl"),
    ownedLock("folio-lock", ptes.folio),
    references("folio", { below: 1, above: 2 }, ptes.folio),
    // Each pte may map a large folio whose split fails, and drop the lock once more.
    nesting("preempt", { below: count, above: 2 }),
    nesting("rcu", { below: count, above: 2 }),
    mode("lazy-mmu"),
    mapping("pte-table"),
    ptes.resource,
  );
  return {
    kernel,
    ptes,
    batch,
    shared: attribute("shared"),
    anonymous: attribute("anonymous"),
    /** By somebody else. */
    locked: attribute("locked"),
    lru: attribute("lru"),
    unevictable: attribute("unevictable"),
    pageout: local("pageout", SEEN),
    anonOnly: local("pageout_anon_only_filter", SEEN),
    startPte: local("start_pte", oneOf("NULL", "mapped")),
    batchCount: local("batch_count", range(0, batch - 1)),
    anyYoung: local("any_young", bool),
    error: local("err", bool),
  };
}

/** Everything that a state of the scenario consists of. */
export function variablesOf(objects: Madvise): readonly Variable[] {
  const { kernel, ptes, shared, anonymous, locked, lru, unevictable } = objects;
  const { pageout, anonOnly, startPte, batchCount, anyYoung, error } = objects;
  const layout = [ptes.continues, ptes.young, ptes.extent, shared, anonymous, locked, lru, unevictable];
  const locals = [ptes.position, ptes.current, ptes.nr, pageout, anonOnly, startPte, batchCount, anyYoung];
  return [...kernel.variables, ...[...layout, ...locals, error].map(({ variable }) => variable)];
}

/** A call of a primitive about the current pte and its folio. */
export function calls(
  { kernel, ptes }: Madvise,
  name: string,
  text: string,
  options: CallOptions = {},
): Statement {
  const { position, current } = ptes;
  const instances = { pte: position.value, folio: current.value, "folio-lock": current.value };
  return call(kernel, name, { text, instances, ...options });
}
