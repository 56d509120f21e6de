import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { digest } from "./cache/store.ts";
import type { AskedKind, Notes } from "./dependencies.ts";
import { type FileSource, folderSource } from "./file-source.ts";

/** A file near another one. */
export interface NearFile {
  readonly path: string;
  /** As a report calls it: below the folder that nothing is read outside of. */
  readonly name: string;
  readonly text: string;
}

/** A larger one is no source that a person has written. */
const MAX_BYTES = 1024 * 1024;
/** Texts beyond this are read again where they are asked for again. */
const MAX_KEPT_BYTES = 64 * 1024 * 1024;

/** What is asked of the files around another one. */
export interface NearFileReader {
  /** Whether more was read than is to be kept. */
  readonly isFull: boolean;
  forget(): void;
  /** Whether a folder is, wherever links lead. */
  isInside(folder: string): boolean;
  /** Undefined where there is none that may be read. */
  read(path: string): NearFile | undefined;
  /** The same where what stands in it does not count yet. */
  look(path: string): NearFile | undefined;
  /** The bytes of a plain file; none of what is none: a link, a pipe, a folder. */
  sizeOf(path: string): number;
  /** Why a file that is there was not read. */
  whyNot(path: string): string | undefined;
  /** The C sources of a folder, by their paths. */
  sourcesIn(folder: string): readonly string[];
}

/** Reads files below a folder, and nothing outside of it: no links, no devices, nothing that is too large. */
export class NearFiles implements NearFileReader {
  readonly #root: string;
  readonly #source: FileSource;
  readonly #files = new Map<string, NearFile | undefined>();
  readonly #folders = new Map<string, string | undefined>();
  readonly #refused = new Map<string, string>();
  readonly #notes: Notes | undefined;
  #bytes = 0;

  /** @param notes is told what is asked. */
  constructor(root: string, source: FileSource = folderSource, notes?: Notes) {
    this.#source = source;
    this.#notes = notes;
    this.#root = source.realPath(resolve(root)) ?? resolve(root);
  }

  get isFull(): boolean {
    return this.#bytes > MAX_KEPT_BYTES;
  }

  forget(): void {
    for (const each of [this.#files, this.#folders, this.#refused]) each.clear();
    this.#bytes = 0;
  }

  isInside(folder: string): boolean {
    return this.#insideAs(folder) !== undefined;
  }

  read(path: string): NearFile | undefined {
    const isNew = !this.#files.has(path);
    const file = this.look(path);
    this.#note("file", path, isNew, () => (file ? digest(file.text) : (this.whyNot(path) ?? "")));
    return file;
  }

  look(path: string): NearFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, this.#readNew(path));
    return this.#files.get(path);
  }

  sizeOf(path: string): number {
    return this.#source.sizeOf(path);
  }

  /** What was read before may be read again, and be another. */
  #note(kind: AskedKind, name: string, isNew: boolean, said: () => string): void {
    if (isNew) this.#notes?.noteAgain(kind, name, said);
    this.#notes?.note(kind, name, said);
  }

  whyNot(path: string): string | undefined {
    return this.#refused.get(path);
  }

  sourcesIn(folder: string): readonly string[] {
    if (!this.isInside(folder)) return [];
    const names = this.#source.entriesOf(folder).filter((name) => /\.c$/.test(name));
    this.#note("folder", folder, true, () => digest(names.join("/")));
    return names.map((name) => join(folder, name));
  }

  #readNew(path: string): NearFile | undefined {
    const size = this.#source.sizeOf(path);
    const folder = size > 0 ? this.#insideAs(dirname(path)) : undefined;
    if (folder === undefined) return undefined;
    const text = size > MAX_BYTES ? undefined : this.#source.textOf(path);
    const name = relative(this.#root, join(folder, basename(path)));
    if (text === undefined)
      this.#refused.set(path, `${name}: ${size > MAX_BYTES ? "more than 1 MiB" : "unreadable"}`);
    this.#bytes += text?.length ?? 0;
    return text === undefined ? undefined : { path, name, text };
  }

  /** Where a folder really is; undefined outside. */
  #insideAs(folder: string): string | undefined {
    const isNew = !this.#folders.has(folder);
    if (isNew) {
      const real = this.#source.realPath(folder);
      const below = real === undefined ? ".." : relative(this.#root, real);
      this.#folders.set(folder, below === ".." || below.startsWith(`..${sep}`) ? undefined : real);
    }
    const found = this.#folders.get(folder);
    this.#note("place", folder, isNew, () => found ?? "");
    return found;
  }
}
