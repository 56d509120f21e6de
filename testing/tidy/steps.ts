import { dirname } from "node:path";
import type { ImportGraph } from "./circles.ts";
import { isDoor } from "./doors.ts";
import type { SourceFile } from "./sources.ts";

/** Lines up to which a file is too small to be more than a step of its only importer. */
const FEW_LINES = 25;

/** Their imports are entries of a list, a file each; and what starts the program is loaded in other ways as well. */
const LISTS: ReadonlySet<string> = new Set([
  "cli/commands/index.ts",
  "cli/main.ts",
  "functions/rule.ts",
  "model/kernel/table/index.ts",
  "model/scenarios/registry.ts",
  "properties/library.ts",
  "reports/index.ts",
]);

/**
 * Small files that only one file imports, of the same folder: a reader has to open both to read one idea. `tested`
 * names the files with a test of their own.
 */
export function lonelySteps(
  files: readonly SourceFile[],
  graph: ImportGraph,
  tested: ReadonlySet<string>,
): readonly string[] {
  const importers = (path: string) => [...graph].flatMap(([from, to]) => (to.includes(path) ? [from] : []));
  return files.flatMap(({ path, text }) => {
    if (tested.has(path) || text.trimEnd().split("\n").length > FEW_LINES) return [];
    const [only, ...others] = importers(path);
    if (only === undefined || others.length > 0 || LISTS.has(only) || isDoor(only)) return [];
    return dirname(only) === dirname(path) ? [`${path} is a step of ${only}`] : [];
  });
}
