import { posix } from "node:path";
import type { SourceFile } from "./sources.ts";
import { importsOf } from "./syntax.ts";

/** All that files outside a folder, tests among them, may import from it. */
const DOORS: Readonly<Record<string, readonly string[]>> = {
  "model/c": [
    "index.ts",
    "knowledge/index.ts",
    // Apart, as it loads what reads JSON.
    "knowledge/config.ts",
    "source/index.ts",
    "status/index.ts",
  ],
};

/** What a door passes on may have many importers behind it. */
export const isDoor = (path: string): boolean =>
  Object.entries(DOORS).some(([folder, doors]) => doors.some((door) => path === `${folder}/${door}`));

/** Imports that go past the doors of a folder. */
export function importsPastDoors(source: SourceFile): readonly string[] {
  const targets = importsOf(source)
    .filter((request) => request.startsWith("."))
    .map((request) => posix.join(posix.dirname(source.path), request));
  return Object.entries(DOORS).flatMap(([folder, doors]) => {
    if (source.path.startsWith(`${folder}/`)) return [];
    const inside = targets.filter((target) => target.startsWith(`${folder}/`));
    const past = inside.filter((target) => !doors.includes(target.slice(folder.length + 1)));
    return past.map((target) => `${source.path} imports ${target} (doors: ${doors.join(", ")})`);
  });
}
