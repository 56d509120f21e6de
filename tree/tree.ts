import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { systemMessage } from "../model/files/system-error.ts";
import { InputError } from "../model/input-error.ts";
import type { Place } from "./index/sources.ts";
import type { Search } from "./mentions.ts";
import { fileIn } from "./names.ts";
import { leavesTree } from "./path.ts";
import { directorySearch } from "./search-directory.ts";

/** Where files are read from before a change. Nothing in it is ever written, and nothing in it is run. */
export interface Tree {
  /** What a person calls it: a directory, or a commit. */
  readonly name: string;
  /** The commit, where it is one. */
  readonly commit?: string;
  /** A file's bytes; undefined where there is none. Throws an InputError for one that cannot be read, or leaves the tree. */
  read(path: string): Buffer | undefined;
  /** Many files at once, which is faster. */
  readAll(paths: readonly string[]): FilesRead;
  /** Where all of its files are, for who reads many of them. */
  readonly place: Place;
  /** C files and headers under a folder (`.` for all) in which one of the words stands. */
  readonly mentioning: Search;
}

export interface FilesRead {
  /** Those that are there. */
  readonly files: ReadonlyMap<string, Buffer>;
  /** Why others that are there cannot be read; each begins with the path. */
  readonly unread: readonly string[];
}

const MAX_FILE_BYTES = 64 * 1024 * 1024;

/** A plain directory, as it stands. */
export function directoryTree(directory: string): Tree {
  const root = rootOf(directory);
  const read = (path: string) => readIn(root, path);
  return {
    name: directory,
    place: { kind: "folder", root },
    read,
    readAll: (paths) => readEach(paths, read),
    mentioning: directorySearch(root),
  };
}

function readIn(root: string, path: string): Buffer | undefined {
  refuseOutside(path);
  const parts = path.split("/");
  for (const [index] of parts.entries()) {
    const part = parts.slice(0, index + 1).join("/");
    const kind = lstatSync(fileIn(root, part), { throwIfNoEntry: false });
    if (!kind) return undefined;
    if (kind.isSymbolicLink()) throw new InputError(`${path}: ${part} is a symbolic link`);
    if (index === parts.length - 1 && !kind.isFile()) return undefined;
    if (kind.isFile()) refuseLarge(path, kind.size);
  }
  try {
    return readFileSync(fileIn(root, path));
  } catch (error) {
    throw new InputError(`${path}: ${systemMessage(error)}`);
  }
}

function readEach(paths: readonly string[], read: Tree["read"]): FilesRead {
  const files = new Map<string, Buffer>();
  const unread: string[] = [];
  for (const path of paths) {
    try {
      const bytes = read(path);
      if (bytes) files.set(path, bytes);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      unread.push(error.message);
    }
  }
  return { files, unread };
}

/** Where a directory that the user named as a tree really is. Throws an InputError where it is none. */
export function rootOf(directory: string): string {
  if (!statSync(directory, { throwIfNoEntry: false })?.isDirectory()) {
    throw new InputError(`--tree ${directory}: not a directory`);
  }
  return realpathSync(directory);
}

export function refuseOutside(path: string): void {
  if (leavesTree(path)) throw new InputError(`path ${JSON.stringify(path)} leaves the tree`);
}

export function refuseLarge(path: string, size: number): void {
  if (size > MAX_FILE_BYTES) throw new InputError(`${path}: ${size} bytes, more than ${MAX_FILE_BYTES}`);
}
