import { realpathSync } from "node:fs";
import { systemCode } from "../model/files/system-error.ts";

/** The names without those that stand for a file that an earlier one names, too. */
export function distinctFiles(
  names: readonly string[],
  pathOf: (name: string) => string = (name) => name,
): readonly string[] {
  const byPath = new Map<string, string>();
  for (const name of names) {
    const path = realPath(pathOf(name));
    if (!byPath.has(path)) byPath.set(path, name);
  }
  return [...byPath.values()];
}

/** A pipe, and a file that is not there, have no path. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return path;
  }
}
