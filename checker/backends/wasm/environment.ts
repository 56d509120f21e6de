import type { MemoryMap } from "./memory-map.ts";
import type { WordCode } from "./words.ts";

/** Globals of the module, by number: those that an instance is given, then those that are set from outside. */
export const CONSTANTS = ["report", "successors"] as const;
export const GLOBALS = ["mask", "limit", "table", "out", "halted"] as const;
export const GLOBAL = { report: 0, successors: 1, mask: 2, limit: 3, table: 4, out: 5, halted: 6 } as const;

/** Functions of the module, by number; those of the tasks follow. */
export const FUNCTION = {
  run: 0,
  clear: 1,
  rebuild: 2,
  relocate: 3,
  seen: 4,
  ended: 5,
  settle: 6,
  expand: 7,
  task: 8,
} as const;

export interface CodeContext {
  readonly map: MemoryMap;
  readonly words: WordCode;
  /** Whether several workers run the module on one memory. */
  readonly shared: boolean;
}
