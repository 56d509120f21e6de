import type { MemoryMap } from "./memory-map.ts";
import type { WordCode } from "./words.ts";

/** Globals of the module, by number: those that an instance is given, then those that are set from outside. */
export const CONSTANTS = ["report", "successors", "recent"] as const;
export const GLOBALS = ["mask", "limit", "table", "out", "taken", "halted"] as const;
export const GLOBAL = {
  report: 0,
  successors: 1,
  recent: 2,
  mask: 3,
  limit: 4,
  table: 5,
  out: 6,
  /** Moves taken since they were last reported. */
  taken: 7,
  halted: 8,
} as const;

/** Functions of the module, by number; those of the tasks follow. */
export const FUNCTION = {
  run: 0,
  clear: 1,
  rebuild: 2,
  relocate: 3,
  seen: 4,
  ended: 5,
  collect: 6,
  settle: 7,
  expand: 8,
  task: 9,
} as const;

export interface CodeContext {
  readonly map: MemoryMap;
  readonly words: WordCode;
  /** Whether several workers run the module on one memory. */
  readonly shared: boolean;
}
