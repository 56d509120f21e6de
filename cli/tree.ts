import { readFileSync, statSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { git } from "../gate/tree/git.ts";
import { InputError } from "../model/input-error.ts";
import type { ReadFile } from "../model/kernel/version/tree.ts";

/**
 * Reads files of a tree that the user named; undefined where none is named.
 *
 * @throws InputError where it is no directory.
 */
export function readerOf(tree: string | undefined): ReadFile | undefined {
  if (tree === undefined) return undefined;
  if (!statSync(tree, { throwIfNoEntry: false })?.isDirectory())
    throw new InputError(`--tree ${tree}: not a directory`);
  return (path) => {
    try {
      return readFileSync(join(tree, path), "utf8");
    } catch {
      return undefined;
    }
  };
}

/** A file that the user named relative to a tree, where there is one. */
export const inTree = (file: string, tree: string | undefined): string =>
  tree === undefined || isAbsolute(file) ? file : join(tree, file);

/** The commit that a checkout stands at; undefined for a plain directory. */
export function headOf(tree: string): string | undefined {
  const found = git(tree, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return found.ok ? found.out.trim() : undefined;
}
