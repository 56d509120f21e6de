import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { basename, dirname, join, relative, resolve, sep } from "node:path";
import { systemCode } from "../model/files/system-error.ts";
import { toText } from "./text.ts";

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

/** Reads files below a folder, and nothing outside of it: no links, no devices, nothing that is too large. */
export class NearFiles {
  readonly #root: string;
  readonly #files = new Map<string, NearFile | undefined>();
  readonly #folders = new Map<string, string | undefined>();
  readonly #refused = new Map<string, string>();
  #bytes = 0;

  constructor(root: string) {
    this.#root = realPath(resolve(root)) ?? resolve(root);
  }

  /** Whether more was read than is to be kept. */
  get isFull(): boolean {
    return this.#bytes > MAX_KEPT_BYTES;
  }

  forget(): void {
    for (const each of [this.#files, this.#folders, this.#refused]) each.clear();
    this.#bytes = 0;
  }

  /** Whether a folder is, wherever links lead. */
  isInside(folder: string): boolean {
    return this.#insideAs(folder) !== undefined;
  }

  /** Undefined where there is none that may be read. */
  read(path: string): NearFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, this.#readNew(path));
    return this.#files.get(path);
  }

  /** Why a file that is there was not read. */
  whyNot(path: string): string | undefined {
    return this.#refused.get(path);
  }

  /** The C sources of a folder, by their paths. */
  sourcesIn(folder: string): readonly string[] {
    if (!this.isInside(folder)) return [];
    return entriesOf(folder).flatMap((name) => (/\.c$/.test(name) ? [join(folder, name)] : []));
  }

  #readNew(path: string): NearFile | undefined {
    const size = sizeOf(path);
    const folder = size > 0 ? this.#insideAs(dirname(path)) : undefined;
    if (folder === undefined) return undefined;
    const text = size > MAX_BYTES ? undefined : textOf(path);
    const name = relative(this.#root, join(folder, basename(path)));
    if (text === undefined)
      this.#refused.set(path, `${name}: ${size > MAX_BYTES ? "more than 1 MiB" : "unreadable"}`);
    this.#bytes += text?.length ?? 0;
    return text === undefined ? undefined : { path, name, text };
  }

  /** Where a folder really is; undefined outside. */
  #insideAs(folder: string): string | undefined {
    if (!this.#folders.has(folder)) {
      const real = realPath(folder);
      const below = real === undefined ? ".." : relative(this.#root, real);
      this.#folders.set(folder, below === ".." || below.startsWith(`..${sep}`) ? undefined : real);
    }
    return this.#folders.get(folder);
  }
}

/** The bytes of a plain file; none of what is none: a link, a pipe, a folder. */
export const sizeOf = (path: string): number =>
  orNothing(() => {
    const kind = lstatSync(path);
    return kind.isFile() ? kind.size : undefined;
  }) ?? 0;

const realPath = (path: string): string | undefined => orNothing(() => realpathSync.native(path));

const textOf = (path: string): string | undefined => orNothing(() => toText(readFileSync(path)));

const entriesOf = (folder: string): readonly string[] => orNothing(() => readdirSync(folder).sort()) ?? [];

function orNothing<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
