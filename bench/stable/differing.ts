import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { NOT_KERNEL } from "../check/whole-tree.ts";

/** The C files and headers of a kernel that two versions of it do not have alike, as paths within them, below some folders. */
export function differingFiles(
  old: string,
  latest: string,
  folders: readonly string[] = ["."],
): readonly string[] {
  const names = new Set(
    [old, latest].flatMap((tree) => folders.flatMap((folder) => sourcesIn(tree, folder))),
  );
  return [...names].filter((name) => !isAlike(join(old, name), join(latest, name))).sort();
}

function sourcesIn(tree: string, folder: string): readonly string[] {
  return entriesIn(join(tree, folder))
    .filter((name) => /\.[ch]$/.test(name))
    .map((name) => join(folder, name))
    .filter((name) => !NOT_KERNEL.test(name));
}

/** A folder may be new, or gone. */
const entriesIn = (folder: string): readonly string[] =>
  statSync(folder, { throwIfNoEntry: false })?.isDirectory()
    ? readdirSync(folder, { recursive: true, encoding: "utf8" })
    : [];

function isAlike(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => statSync(path, { throwIfNoEntry: false }));
  if (!first?.isFile() || !second?.isFile()) return first?.isFile() === second?.isFile();
  return first.size === second.size && readFileSync(one).equals(readFileSync(other));
}
