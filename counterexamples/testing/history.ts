/**
 * What is wrong in each version of the madvise scenario, written down from the function's history before
 * any program said it: what went wrong first, and the line that a reviewer points at.
 */
export interface Cell {
  readonly version: string;
  readonly property: string;
  /** The call or condition that turned the run, and how it went. */
  readonly pivot: { readonly subject: string; readonly taken: RegExp };
  readonly guilty: string;
  /** At the violation, by the task. */
  readonly held: readonly string[];
  /** Ptes that are needed to show it. */
  readonly ptes: number;
  /** What the mail's kernel log shows up to here; no kernel checks the rest. */
  readonly printed?: readonly string[];
}

/** Before the patch any failed split gave up the rest of the range. */
const splitFails = { subject: "split_folio", taken: /^fails/ };
/** In the mail: "The ptl is unlocked at this point. This used to break, but now it continues without the lock held!" */
const GOES_ON = "if (err) continue;";

const UNLOCKED = ["mmap_lock"];
const LOCKED = ["mmap_lock", "ptl"];

/** `bad unlock balance detected`, then the WARNING at `__rcu_read_unlock`, then `sleeping function called`. */
const UNLOCK = ["bad unlock balance", "RCU nest depth below zero"];
const PRINTED: Readonly<Record<string, readonly string[]>> = {
  "rcu-balanced": UNLOCK,
  "preempt-balanced": UNLOCK,
  "no-sleep-in-atomic": [...UNLOCK, "sleeping function called from invalid context"],
};

const v5 = (property: string): Cell => ({
  version: "v5",
  property,
  printed: PRINTED[property] ?? [],
  pivot: splitFails,
  guilty: GOES_ON,
  held: UNLOCKED,
  ptes: 2,
});

/** Fixed in 2025: whoever takes the lock again owes a flush before ptes are trusted. */
const relockWithoutFlush = (version: string): Cell => ({
  version,
  property: "tlb-flushed-after-relock",
  pivot: { subject: "pte_offset_map_lock", taken: /^mapped$/ },
  guilty: "start_pte = pte = pte_offset_map_lock(mm, pmd, addr, &ptl);",
  held: LOCKED,
  ptes: 1,
});

/** Fixed in 2026: a restart that finds no page table just returned, with folios on its list. */
const restartLeaks = (version: string): Cell => ({
  version,
  property: "isolated-folios-reclaimed",
  pivot: { subject: "pte_offset_map_lock", taken: /^gone$/ },
  guilty: "if (!start_pte) return 0;",
  held: UNLOCKED,
  ptes: 2,
});

export const HISTORY: readonly Cell[] = [
  {
    version: "base",
    property: "failed-split-continues",
    pivot: splitFails,
    guilty: "if (err) break;",
    held: UNLOCKED,
    ptes: 2,
  },
  relockWithoutFlush("base"),
  restartLeaks("base"),
  ...["ptl-held", "pte-mapped", "rcu-balanced", "preempt-balanced", "no-sleep-in-atomic"].map(v5),
  v5("lazy-mmu-balanced"),
  relockWithoutFlush("v5"),
  restartLeaks("v5"),
  {
    version: "reply-literal",
    property: "lazy-mmu-balanced",
    pivot: splitFails,
    guilty: GOES_ON,
    held: LOCKED,
    ptes: 1,
  },
  relockWithoutFlush("reply-literal"),
  restartLeaks("reply-literal"),
  relockWithoutFlush("v7"),
  restartLeaks("v7"),
  restartLeaks("flush-2025"),
];
