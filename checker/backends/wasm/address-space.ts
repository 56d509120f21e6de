import { readFileSync } from "node:fs";
import { systemCode } from "../../../model/files/system-error.ts";

/** In bytes, as V8 reserves for a thread and its code; where that fails, V8 ends the process. */
const THREAD = 1.5 * 2 ** 30;
const PAGE = 4_096;

/** How many of the threads find address space (`ulimit -v`); all where the system, by what `read` gives, does not tell. */
export function threadsWithRoom(wanted: number, read = textOf): number {
  const limit = Number(/^Max address space\s+(\d+)/m.exec(read("/proc/self/limits"))?.[1]);
  const used = Number(/^\d+/.exec(read("/proc/self/statm"))?.[0]) * PAGE;
  if (Number.isNaN(limit) || Number.isNaN(used)) return wanted;
  return Math.max(0, Math.min(wanted, Math.floor((limit - used) / THREAD)));
}

/** Empty where the system does not tell. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "";
  }
}
