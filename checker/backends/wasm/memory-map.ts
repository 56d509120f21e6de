import type { Problem } from "../../problem.ts";

export const PAGE = 65_536;
/** 4 GiB, the most that 32-bit addresses reach. */
export const MOST_PAGES = 65_536;
/** States expanded before their successors are looked up. */
export const BATCH = 64;

/** Words that all workers share, by byte address. */
export const CONTROL = {
  /** States stored. */
  count: 0,
  /** The next state to expand. */
  cursor: 64,
  /** Counts the rounds; a change starts one. */
  round: 128,
  /** Helpers that are done with the round. */
  done: 192,
  /** What a round is given. */
  end: 256,
  mask: 260,
  limit: 264,
  /** 1 where the helpers should end. */
  quit: 268,
} as const;

/** Where one worker reports, by byte offset from its block. */
export interface ReportMap {
  readonly transitions: number;
  /** The state that is being expanded. */
  readonly current: number;
  /** 1 where the model is wrong in that state. */
  readonly fault: number;
  readonly firstSeen: number;
  readonly fired: number;
  readonly margins: number;
  readonly bytes: number;
}

/** Byte addresses in the module's memory; only pages that are touched cost anything. */
export interface MemoryMap {
  readonly report: ReportMap;
  /** Of the first worker's block of reports; the others' follow. */
  readonly reports: number;
  /** Of the first worker's successors; the others' follow. */
  readonly successors: number;
  /** Bytes of one worker's successors. */
  readonly successorBytes: number;
  /** Of the table; the states follow behind the largest table that there is room for. */
  readonly table: number;
  /** Bytes of a stored state: its words, then its parent. */
  readonly stride: number;
  /** Bytes of a successor: its words, its parent, its hash. */
  readonly column: number;
}

/**
 * Places that a table can grow to, as powers of two. Room for the largest is not kept from the start: engines
 * count what is reserved as used, and collect garbage the more often.
 */
export const TABLE_BITS = [18, 22, 27] as const;
const FIRST_BLOCK = 4_096;

export function memoryMap(
  problem: Problem,
  { mostSuccessors, workers }: { readonly mostSuccessors: number; readonly workers: number },
): MemoryMap {
  const { words } = problem.layout;
  const report = reportMap(problem);
  const column = words * 4 + 8;
  const successors = aligned(FIRST_BLOCK + report.bytes * workers);
  const successorBytes = aligned(column * mostSuccessors * BATCH);
  const table = aligned(successors + successorBytes * workers, PAGE);
  return {
    report,
    reports: FIRST_BLOCK,
    successors,
    successorBytes,
    table,
    stride: words * 4 + 4,
    column,
  };
}

function reportMap({ checks, transitions, margins }: Problem): ReportMap {
  const firstSeen = 64;
  const fired = firstSeen + checks.length * 4;
  const marginsAt = fired + transitions.length;
  return {
    transitions: 0,
    current: 4,
    fault: 12,
    firstSeen,
    fired,
    margins: marginsAt,
    bytes: aligned(marginsAt + margins.length),
  };
}

function aligned(bytes: number, to = 64): number {
  return Math.ceil(bytes / to) * to;
}

/** Where the states begin, behind room for a table of so many places. */
export function recordsBehind({ table }: MemoryMap, tableBits: number): number {
  return table + 4 * 2 ** tableBits;
}
