import type { MemoryMap } from "./memory-map.ts";
import type { WordCode } from "./words.ts";

/** Globals of the module, by number: those that an instance is given, then those that are set from outside. */
export const CONSTANTS = ["report", "successors"] as const;
export const GLOBALS = ["mask", "limit", "table", "out", "halted"] as const;
export const GLOBAL = { report: 0, successors: 1, mask: 2, limit: 3, table: 4, out: 5, halted: 6 } as const;

/** Functions of the module, by number; those of the tasks follow. */
export const FUNCTION = {
  run: 0,
  rebuild: 1,
  relocate: 2,
  seen: 3,
  ended: 4,
  settle: 5,
  expand: 6,
  task: 7,
} as const;

export interface CodeContext {
  readonly map: MemoryMap;
  readonly words: WordCode;
  /** Whether several workers run the module on one memory. */
  readonly shared: boolean;
}
