import type { Operation } from "../../model/kernel/operation.ts";

/** What a call of these operations needs, with the rule that looks after it. */
export function needsOf(operations: readonly Operation[]): readonly string[] {
  const needs = operations.flatMap((each) => NEEDS.find(({ by }) => by(each))?.need ?? []);
  return [...new Set(needs)];
}

interface Need {
  readonly by: (operation: Operation) => boolean;
  readonly need: string;
}

const NEEDS: readonly Need[] = [
  {
    by: ({ kind }) => kind === "may-sleep" || kind === "schedule",
    need: "no spinning lock, RCU read section, mapped page table, disabled preemption or interrupts (no-sleep-in-atomic)",
  },
  {
    by: ({ kind, object }) => kind === "access" && object === "pte",
    need: "the page table mapped (pte-mapped), and its lock, where the function has taken it, not given up (ptl-held)",
  },
  { by: ({ kind }) => kind === "release", need: "the lock not released already (double-unlock)" },
  {
    by: ({ kind, object }) => kind === "leave" && object === "lazy-mmu",
    need: "lazy MMU mode on (lazy-mmu-balanced)",
  },
];
