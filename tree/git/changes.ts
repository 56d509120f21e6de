import { existsSync, lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileIn, namesIn } from "../names.ts";
import { listChanged, listIndex } from "./calls.ts";
import { entriesAt, objects } from "./read.ts";
import type { Repository } from "./repository.ts";
import { git, outputOf } from "./run.ts";

/** A file of a commit that may stand otherwise in the checkout, or of the checkout that the commit does not have. */
export interface Changed {
  readonly path: string;
  /** What the commit has there; undefined where that is no file. */
  readonly id: string | undefined;
}

/** By what the index knows of the checkout; files that git was told not to look at are left out. */
export function changedFiles(repository: Repository, commit: string): readonly Changed[] {
  const call = listChanged(commit);
  const fields = namesIn(outputOf(git(repository, call), call));
  const changed: Changed[] = [];
  // `:100644 100644 <id> <id> M`, then the path.
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [mode = "", , id = ""] = fields[at]?.split(" ") ?? [];
    changed.push({ path: fields[at + 1] ?? "", id: mode.startsWith(":100") ? id : undefined });
  }
  return changed;
}

/** Whether what stands in the checkout may differ from a commit though the index knows nothing of it. */
export function isIndexSilent(repository: Repository, commit: string): boolean {
  const names = namesIn(outputOf(git(repository, listIndex), listIndex));
  return names.some((name) => !name.startsWith("H ")) || convertsFiles(repository, commit, names);
}

const CONVERTS = /working-tree-encoding|\bfilter\b/;
const ATTRIBUTES = ".gitattributes";

/** Files may be checked out in another encoding, or as the user's own program makes them. */
function convertsFiles(repository: Repository, commit: string, indexed: readonly string[]): boolean {
  const paths = indexed.map((name) => name.slice(2)).filter((path) => `/${path}`.endsWith(`/${ATTRIBUTES}`));
  const places = [...paths, ATTRIBUTES].map((path) => fileIn(repository.top, path));
  const standing = [...places, join(repository.own.common, "info", "attributes")]
    .filter((path) => existsSync(path) && lstatSync(path).isFile())
    .map((path) => readFileSync(path, "utf8"));
  const ids = entriesAt(repository, commit, [...new Set([...paths, ATTRIBUTES])]).map(({ id }) => id);
  const kept = [...objects(repository, ids).values()].map(String);
  return [...standing, ...kept].some((text) => CONVERTS.test(text));
}
