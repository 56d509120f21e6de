import { InputError } from "../model/input-error.ts";
import { eachPteOnce } from "./each-pte-once.ts";
import { failedSplitContinues } from "./failed-split-continues.ts";
import { folioLockBalanced } from "./folio-lock-balanced.ts";
import { folioRefsBalanced } from "./folio-refs-balanced.ts";
import { isolatedFoliosReclaimed } from "./isolated-folios-reclaimed.ts";
import { lazyMmuBalanced } from "./lazy-mmu-balanced.ts";
import { noDeadlock } from "./no-deadlock.ts";
import { noSleepInAtomic } from "./no-sleep-in-atomic.ts";
import { noStaleTranslation } from "./no-stale-translation.ts";
import { preemptBalanced } from "./preempt-balanced.ts";
import type { Property } from "./property.ts";
import { pteBatchContract } from "./pte-batch-contract.ts";
import { pteMapped } from "./pte-mapped.ts";
import { ptlHeld } from "./ptl-held.ts";
import { rcuBalanced } from "./rcu-balanced.ts";
import { tlbFlushedAfterRelock } from "./tlb-flushed-after-relock.ts";

/** Every property that a model can be judged by. */
export const properties: readonly Property[] = [
  ptlHeld,
  pteMapped,
  pteBatchContract,
  eachPteOnce,
  failedSplitContinues,
  rcuBalanced,
  preemptBalanced,
  noSleepInAtomic,
  lazyMmuBalanced,
  tlbFlushedAfterRelock,
  noStaleTranslation,
  isolatedFoliosReclaimed,
  folioLockBalanced,
  folioRefsBalanced,
  noDeadlock,
];

/** The property of this name. Throws an InputError that names the valid ones. */
export function findProperty(name: string): Property {
  const found = properties.find((each) => each.name === name);
  if (found) return found;
  throw new InputError(
    `unknown property '${name}' (valid: ${properties.map((each) => each.name).join(", ")})`,
  );
}

/** What a scenario is judged by, in its order. */
export function propertiesOf(scenario: { readonly properties: readonly string[] }): readonly Property[] {
  return scenario.properties.map(findProperty);
}
