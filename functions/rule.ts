import { doubleLock } from "../properties/double-lock.ts";
import { doubleUnlock } from "../properties/double-unlock.ts";
import { folioLockBalanced } from "../properties/folio-lock-balanced.ts";
import { irqFlagsMismatch } from "../properties/irq-flags-mismatch.ts";
import { isolatedFoliosReclaimed } from "../properties/isolated-folios-reclaimed.ts";
import { kmapOrder } from "../properties/kmap-order.ts";
import { lazyMmuBalanced } from "../properties/lazy-mmu-balanced.ts";
import { listNotEmptied } from "../properties/list-not-emptied.ts";
import { lockNotHeld } from "../properties/lock-not-held.ts";
import { noSleepInAtomic } from "../properties/no-sleep-in-atomic.ts";
import { preemptBalanced } from "../properties/preempt-balanced.ts";
import type { Property } from "../properties/property.ts";
import { pteMapped } from "../properties/pte-mapped.ts";
import { ptlHeld } from "../properties/ptl-held.ts";
import { rcuBalanced } from "../properties/rcu-balanced.ts";
import { releaseNotHeld } from "../properties/release-not-held.ts";
import { srcuIndex } from "../properties/srcu-index.ts";
import { tlbFlushedAfterRelock } from "../properties/tlb-flushed-after-relock.ts";
import { waitUnderLock } from "../properties/wait-under-lock.ts";
import { wrongMode } from "../properties/wrong-mode.ts";

/** `hard` findings always count, `audit` findings only where they are asked for or new. */
export type Confidence = "hard" | "audit";

/** A property as C is judged by it. */
export interface Rule {
  readonly property: Property;
  readonly confidence: Confidence;
  /** Whether it is judged as the function returns: what it returns with may be its caller's business. */
  readonly atReturn: boolean;
  /** What it says where that other rule is broken by the same step is the same mistake. */
  readonly echoes?: string;
  /** Behind a callee that breaks that other rule for the same lock, what it says is a consequence. */
  readonly follows?: string;
  /** With what confidence, where a callee's conditions decide; not judged there where absent. */
  readonly ifGuessed?: Confidence;
  /** Judged only in functions with an event of this kind. */
  readonly onlyWith?: string;
}

const hard = (property: Property, atReturn = false): Rule => ({ property, confidence: "hard", atReturn });

/** Where several rules are broken by one step, the one that says most of it comes first. */
export const findingOrder = (rule: string): number => {
  const at = rules.findIndex(({ property }) => property.name === rule);
  return at < 0 ? rules.length : at;
};

export const rules: readonly Rule[] = [
  hard(ptlHeld),
  hard(pteMapped),
  { ...hard(doubleLock), ifGuessed: "audit" },
  { ...hard(doubleUnlock), follows: doubleLock.name },
  hard(releaseNotHeld),
  hard(wrongMode),
  hard(lockNotHeld),
  hard(srcuIndex),
  hard(waitUnderLock),
  { ...hard(irqFlagsMismatch), echoes: doubleLock.name },
  hard(kmapOrder),
  hard(folioLockBalanced),
  hard(rcuBalanced),
  hard(preemptBalanced),
  hard(lazyMmuBalanced, true),
  hard(noSleepInAtomic),
  { property: tlbFlushedAfterRelock, confidence: "hard", atReturn: false, onlyWith: "flush" },
  { property: listNotEmptied, confidence: "audit", atReturn: false, echoes: isolatedFoliosReclaimed.name },
  { property: isolatedFoliosReclaimed, confidence: "audit", atReturn: true, onlyWith: "reclaim" },
];
