import { statSync } from "node:fs";
import { getHeapStatistics } from "node:v8";
import { systemCode } from "../../model/files/system-error.ts";

/** Set for the process that is watched. */
export const WATCHED = "HOLDFAST_WATCHED";
/** Commands whose work grows with what they are given. */
const LARGE_WORK: ReadonlySet<string> = new Set(["check", "gate", "explore", "explain", "graph", "replay"]);
/** In bytes: with less heap, any change or model may be too large. */
const MUCH_HEAP = 2 ** 30;
/** Bytes of heap for each byte of a file, at most. */
const HEAP_FOR_BYTE = 400;

/**
 * Whether V8's heap may be too small for what is asked. Where it ends, V8 ends the process, which nothing in it can
 * catch. Other runs are not watched: to start a second process takes longer than a small one.
 */
export function mayEndHeap([command = "", ...words]: readonly string[]): boolean {
  if (!LARGE_WORK.has(command) || process.env[WATCHED] !== undefined) return false;
  const heap = getHeapStatistics().heap_size_limit;
  return heap < MUCH_HEAP || words.reduce((sum, word) => sum + weightOf(word), 0) > heap / HEAP_FOR_BYTE;
}

/** How large a folder's files are takes long to tell. */
function weightOf(word: string): number {
  try {
    const found = word.startsWith("-") ? undefined : statSync(word, { throwIfNoEntry: false });
    return found?.isDirectory() ? Number.POSITIVE_INFINITY : (found?.size ?? 0);
  } catch (error) {
    // No name of a file.
    if (systemCode(error) === undefined) throw error;
    return 0;
  }
}
