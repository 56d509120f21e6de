import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { systemCode } from "../model/files/system-error.ts";
import type { ReadFile } from "../model/kernel/version/tree.ts";
import { resolveCommit } from "../tree/commit-tree.ts";
import { rootOf } from "../tree/tree.ts";

/**
 * Reads files of a tree that the user named; undefined where none is named.
 *
 * @throws InputError where it is no directory.
 */
export function readerOf(tree: string | undefined): ReadFile | undefined {
  if (tree === undefined) return undefined;
  const root = rootOf(tree);
  return (path) => {
    try {
      return readFileSync(join(root, path), "utf8");
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return undefined;
    }
  };
}

/** A file that the user named relative to a tree, where there is one. */
export const inTree = (file: string, tree: string | undefined): string =>
  tree === undefined || isAbsolute(file) ? file : join(tree, file);

/** The commit that a checkout stands at; undefined for a plain directory. */
export const headOf = (tree: string): string | undefined => resolveCommit(tree, "HEAD");
