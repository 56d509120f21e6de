import type { Problem } from "../../problem.ts";

export const PAGE = 65_536;
/** 4 GiB, the most that 32-bit addresses reach. */
export const MAX_PAGES = 65_536;
/** States expanded before their successors are looked up. */
export const BATCH = 32;
/** States that one of several workers takes at once: many, as what follows from neighbours is much the same. */
const TAKEN = 8 * BATCH;
export const takenAtOnce = (shared: boolean): number => (shared ? TAKEN : BATCH);
/** Indices for new states that a worker takes at once: pages of records, so that two workers seldom touch a new page both. */
export const CHUNK = 512;

/** Bytes of the successors that a worker keeps to know them again; more would not stay in its nearest caches. */
const RECENT = 65_536;

/** Words that all workers share, by byte address. */
export const CONTROL = {
  /** States stored. */
  count: 0,
  /** The next state to expand. */
  cursor: 64,
  /** The next byte of the table to clear, and the next state to put into it. */
  cleared: 68,
  rebuilt: 72,
  /** Counts the rounds; a change starts one. */
  round: 128,
  /** Workers busy on the round, and whether more may join. */
  gate: 192,
  /** What is to be done in a round, and what is given for it. */
  work: 252,
  end: 256,
  mask: 260,
  limit: 264,
  table: 268,
  /** 1 where the workers should end. */
  quit: 272,
} as const;

/** Where one worker reports, by byte offset from its block. */
export interface ReportMap {
  readonly transitions: number;
  /** The state that is being expanded. */
  readonly current: number;
  /** Takes what is read only to have it at hand. */
  readonly sink: number;
  /** 1 where the model is wrong in that state. */
  readonly fault: number;
  /** The next of the indices that the worker has taken, and the first that it has not. */
  readonly fresh: number;
  readonly freshEnd: number;
  readonly firstSeen: number;
  readonly fired: number;
  readonly margins: number;
  readonly bytes: number;
}

/** Byte addresses in the module's memory; only pages that are touched cost anything. */
export interface MemoryMap {
  readonly report: ReportMap;
  /** Words of a state. */
  readonly words: number;
  /** Of the first worker's block of reports; the others' follow. */
  readonly reports: number;
  /** Of the first worker's successors; the others' follow. */
  readonly successors: number;
  /** Bytes of one worker's successors. */
  readonly successorBytes: number;
  /** Of the first worker's recent successors; the others' follow. */
  readonly recent: number;
  /** How many of them are kept, a power of two, and their bytes. */
  readonly recentStates: number;
  readonly recentBytes: number;
  /** Of the first state; the table follows behind room for as many states as it can tell apart. */
  readonly records: number;
  /** Bytes of a stored state: its words, then its parent. */
  readonly stride: number;
  /** Bytes of a successor: its words, its parent, its hash. */
  readonly column: number;
}

/** Places of the first table, as a power of two. */
export const FIRST_TABLE_BITS = 15;
const FIRST_BLOCK = 4_096;

export function memoryMap(
  problem: Problem,
  { maxSuccessors, workers }: { readonly maxSuccessors: number; readonly workers: number },
): MemoryMap {
  const { words } = problem.layout;
  const report = reportMap(problem);
  const column = words * 4 + 8;
  const successors = aligned(FIRST_BLOCK + report.bytes * workers);
  const successorBytes = aligned(column * maxSuccessors * BATCH);
  const stride = words * 4 + 4;
  const recentState = ((words + 1) >> 1) * 8;
  const recentStates = 2 ** Math.max(0, Math.floor(Math.log2(RECENT / recentState)));
  const recentBytes = recentStates * recentState;
  const recent = aligned(successors + successorBytes * workers, PAGE);
  const records = aligned(Math.max(recent + recentBytes * workers, 2 * stride), PAGE);
  return {
    report,
    words,
    reports: FIRST_BLOCK,
    successors,
    successorBytes,
    recent,
    recentStates,
    recentBytes,
    records,
    stride,
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
    sink: 8,
    fault: 12,
    fresh: 16,
    freshEnd: 20,
    firstSeen,
    fired,
    margins: marginsAt,
    bytes: aligned(marginsAt + margins.length),
  };
}

function aligned(bytes: number, to = 64): number {
  return Math.ceil(bytes / to) * to;
}
