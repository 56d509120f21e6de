import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../model/input-error.ts";
import { git } from "./git.ts";
import type { Search } from "./mentions.ts";
import { leavesTree } from "./path.ts";
import { commitSearch } from "./search-commit.ts";
import { directorySearch } from "./search-directory.ts";

/** Where files are read from before a change. Nothing in it is ever written. */
export interface Tree {
  /** What a person calls it: a directory, or a commit. */
  readonly name: string;
  /** The commit, where it is one. */
  readonly commit?: string;
  /** A file's bytes; undefined where there is none. Throws an InputError for a path that leaves the tree. */
  read(path: string): Buffer | undefined;
  /** C files and headers under a folder (`.` for all) in which one of the words stands. */
  readonly mentioning: Search;
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A plain directory, as it stands. */
export function directoryTree(directory: string): Tree {
  const root = rootOf(directory);
  return {
    name: directory,
    read(path) {
      refuse(path);
      const parts = path.split("/");
      for (const [index] of parts.entries()) {
        const each = join(root, ...parts.slice(0, index + 1));
        const kind = lstatSync(each, { throwIfNoEntry: false });
        if (!kind) return undefined;
        if (kind.isSymbolicLink()) throw new InputError(`${path}: ${each} is a symbolic link`);
        if (index === parts.length - 1 && !kind.isFile()) return undefined;
        if (kind.isFile() && kind.size > MAX_FILE_BYTES) throw new InputError(`${path}: ${kind.size} bytes`);
      }
      return readFileSync(join(root, path));
    },
    mentioning: directorySearch(root),
  };
}

/** Where a directory that the user named as a tree really is. Throws an InputError where it is none. */
export function rootOf(directory: string): string {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`--tree ${directory}: not a directory`);
  }
  return realpathSync(directory);
}

function refuse(path: string): void {
  if (leavesTree(path)) throw new InputError(`path ${JSON.stringify(path)} leaves the tree`);
}

/** A commit of a git checkout. Throws an InputError where there is none of that name. */
export function commitTree(directory: string, revision: string): Tree {
  const root = rootOf(directory);
  const commit = resolveCommit(root, revision);
  if (commit === undefined) throw new InputError(`${directory} has no commit ${revision}`);
  return {
    name: `${revision} of ${directory}`,
    commit,
    read(path) {
      refuse(path);
      const mode = git(root, ["ls-tree", "--full-tree", commit, "--", path]).out.split(" ")[0];
      if (mode === "120000") throw new InputError(`${path}: a symbolic link`);
      const file = git(root, ["cat-file", "blob", `${commit}:${path}`], { encoding: "latin1" });
      return file.ok ? Buffer.from(file.out, "latin1") : undefined;
    },
    mentioning: commitSearch(root, commit),
  };
}

export function resolveCommit(root: string, revision: string): string | undefined {
  if (revision.startsWith("-")) return undefined;
  const found = git(root, ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`]);
  return found.ok ? found.out.trim() : undefined;
}

export const isCheckout = (directory: string): boolean =>
  git(directory, ["rev-parse", "--is-inside-work-tree"]).out.trim() === "true";

/** A folder within a checkout of something else is a plain directory. */
export function isTopOfCheckout(directory: string): boolean {
  const prefix = git(directory, ["rev-parse", "--show-prefix"]);
  return isCheckout(directory) && prefix.ok && prefix.out.trim() === "";
}
