import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../model/files/system-error.ts";
import { filesOf, objects } from "../git/read.ts";
import type { Repository } from "../git/repository.ts";
import { isArgument } from "../names.ts";

/** Where the files of a tree are read from; plain data, so that other threads can read as well. */
export type Place =
  | { readonly kind: "folder"; readonly root: string }
  | { readonly kind: "commit"; readonly repository: Repository; readonly commit: string };

/** A file that holds C, by its name. */
export interface Source {
  readonly path: string;
  /** Of a folder: size, times of its last changes in milliseconds, and number. What stands in it changes one of them. */
  readonly stamps: readonly number[];
  /** Of a commit the id of its content. */
  readonly id?: string;
}

export interface Listing {
  /** Sorted by their paths. */
  readonly sources: readonly Source[];
  /** What could not be looked into, and why. */
  readonly unread: readonly string[];
}

/** A larger one is no source that a person has written, as near files have it. */
export const MAX_SOURCE_BYTES = 1024 * 1024;

const isSource = (name: string): boolean => /\.[ch]$/.test(name) && isArgument(name);

export const listSources = (place: Place): Listing =>
  place.kind === "folder"
    ? sourcesBelow(place.root)
    : {
        sources: filesOf(place.repository, place.commit)
          .filter(({ path, kind }) => kind === "file" && isSource(path))
          .map(({ path, id }) => ({ path, id, stamps: [] }))
          .sort(byPath),
        unread: [],
      };

/** No links: what they lead to stands elsewhere, or outside. */
function sourcesBelow(root: string): Listing {
  const [sources, unread]: [Source[], string[]] = [[], []];
  const folders = [""];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    try {
      for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
        const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory() && entry.name !== ".git") folders.push(path);
        else if (entry.isFile() && isSource(entry.name))
          sources.push({ path, stamps: stampsOf(join(root, path)) });
      }
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      unread.push(`${folder}: ${systemCode(error)}`);
    }
  }
  return { sources: sources.sort(byPath), unread };
}

const byPath = (one: Source, other: Source): number => (one.path < other.path ? -1 : 1);

function stampsOf(path: string): readonly number[] {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found ? [found.size, found.mtimeMs, found.ctimeMs, found.ino] : [];
}

/** What stands in some files, by their paths, with the ids that git has for it. */
export interface Content {
  readonly id: string;
  readonly bytes: Buffer;
}

/** Files that cannot be read, or are gone, have no content. */
export function readSources(place: Place, sources: readonly Source[]): ReadonlyMap<string, Content> {
  return place.kind === "folder" ? readFiles(place.root, sources) : readBlobs(place.repository, sources);
}

function readFiles(root: string, sources: readonly Source[]): ReadonlyMap<string, Content> {
  const contents = new Map<string, Content>();
  for (const { path, stamps } of sources) {
    try {
      if ((stamps[0] ?? 0) > MAX_SOURCE_BYTES) continue;
      const bytes = readFileSync(join(root, path));
      contents.set(path, { id: blobId(bytes), bytes });
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
    }
  }
  return contents;
}

const blobId = (bytes: Buffer): string =>
  createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");

function readBlobs(repository: Repository, sources: readonly Source[]): ReadonlyMap<string, Content> {
  const found = objects(
    repository,
    sources.flatMap(({ id }) => id ?? []),
  );
  return new Map(
    sources.flatMap(({ path, id = "" }) => {
      const bytes = found.get(id);
      return bytes ? [[path, { id, bytes }] as const] : [];
    }),
  );
}
