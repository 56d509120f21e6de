import type { MemoryMap } from "./memory-map.ts";
import type { WordCode } from "./words.ts";

/** Globals of the module, by number: those that an instance is given, then those that are set from outside. */
export const CONSTANTS = ["report", "successors", "records"] as const;
export const GLOBALS = ["mask", "limit", "out", "halted"] as const;
export const GLOBAL = { report: 0, successors: 1, records: 2, mask: 3, limit: 4, out: 5, halted: 6 } as const;

/** Functions of the module, by number; those of the tasks follow. */
export const FUNCTION = { run: 0, rebuild: 1, seen: 2, ended: 3, settle: 4, expand: 5, task: 6 } as const;

export interface CodeContext {
  readonly map: MemoryMap;
  readonly words: WordCode;
  /** Whether several workers run the module on one memory. */
  readonly shared: boolean;
}
