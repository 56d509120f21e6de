import { lstatSync, readFileSync, statSync } from "node:fs";
import { systemCode } from "../model/files/system-error.ts";
import { digest } from "./cache/store.ts";
import { askedFrom, type Dependencies, type DependencyGraph } from "./dependencies.ts";
import { folderSource } from "./file-source.ts";
import type { TreeIndex } from "./index/tree-index.ts";
import { NearFiles } from "./near-files.ts";
import { digestOfNames, isMore } from "./nearby.ts";

const STAMPS = 4;
/** A file that changed so shortly before it was read, in milliseconds, may change again with the same stamps. */
const SHORTLY = 2_000;

/** The text of a file to check. */
export function noteText(path: string, text: string, dependencies: Dependencies | undefined): void {
  dependencies?.noteAgain("text", path, () => digest(text));
  dependencies?.note("text", path, () => digest(text));
}

/**
 * Of all that was asked, the stamps by which a file is known not to have changed: size, times of its last changes, and
 * number; not those of what is no file, nor of one that changed lately.
 *
 * @param started when the first was read, in milliseconds.
 */
export function stampsOfAsked({ asked }: DependencyGraph, started: number): Float64Array {
  const stamps = new Float64Array(asked.length * STAMPS).fill(Number.NaN);
  for (const [at, each] of asked.entries()) {
    const found = stampsOf(each);
    const [, modified = 0, changed = 0] = found ?? [];
    if (found && Math.max(modified, changed) < started - SHORTLY) stamps.set(found, at * STAMPS);
  }
  return stamps;
}

function stampsOf(asked: string): readonly number[] | undefined {
  const { kind, name } = askedFrom(asked);
  if (kind !== "file" && kind !== "names" && kind !== "text") return undefined;
  const stat = kind === "text" ? statSync : lstatSync;
  const found = stat(name, { throwIfNoEntry: false });
  return found?.isFile() ? [found.size, found.mtimeMs, found.ctimeMs, found.ino] : undefined;
}

/** What a tree said when it was asked. */
export interface Past {
  readonly graph: DependencyGraph;
  /** As `stampsOfAsked` has them. */
  readonly stamps: Float64Array;
  /** The state of its index. */
  readonly segments: readonly string[];
}

/** Tells what a tree says now; each thing is asked once. */
export class Present {
  readonly #files: NearFiles;
  readonly #index: TreeIndex | undefined;
  readonly #said = new Map<string, string>();
  readonly #changed = new Map<string, ReadonlySet<string> | undefined>();

  constructor(root: string, index: TreeIndex | undefined) {
    this.#files = new NearFiles(root, folderSource, { note: this.#take, noteAgain: this.#take });
    this.#index = index;
  }

  #take = (kind: string, name: string, said: () => string): void => {
    this.#said.set(`${kind} ${name}`, said());
  };

  /** Whether it says something else than it did. */
  changedSince({ graph: { asked, said }, stamps, segments }: Past): (at: number) => boolean {
    const names = this.#changedNames(segments);
    return (at) => {
      const each = asked[at] ?? "";
      const { kind, name } = askedFrom(each);
      if (kind === "definitions") return names?.has(name) !== false;
      const before = stamps.subarray(at * STAMPS, (at + 1) * STAMPS);
      if (!this.#said.has(each) && !Number.isNaN(before[0]) && isStamped(stampsOf(each), before))
        return false;
      return this.#saidOf(each) !== said[at];
    };
  }

  /** Undefined where any may have changed. */
  #changedNames(segments: readonly string[]): ReadonlySet<string> | undefined {
    const key = segments.join();
    if (!this.#changed.has(key)) this.#changed.set(key, this.#index?.changedSince(segments));
    return this.#changed.get(key);
  }

  #saidOf(asked: string): string | undefined {
    const { kind, name } = askedFrom(asked);
    if (this.#files.isFull) this.#files.forget();
    if (this.#said.has(asked)) return this.#said.get(asked);
    if (kind === "file") this.#files.read(name);
    else if (kind === "names") this.#said.set(asked, digestOfNames(this.#files.look(name)));
    else if (kind === "size") this.#said.set(asked, `${this.#isMore(name.split("\n"))}`);
    else if (kind === "folder") this.#files.sourcesIn(name);
    else if (kind === "place") this.#files.isInside(name);
    else this.#said.set(asked, textOf(name));
    return this.#said.get(asked);
  }

  #isMore([bytes, ...paths]: readonly string[]): boolean {
    return isMore(paths, Number(bytes), this.#files);
  }
}

const isStamped = (now: readonly number[] | undefined, before: Float64Array): boolean =>
  now?.every((stamp, at) => stamp === before[at]) === true;

function textOf(path: string): string {
  try {
    return digest(readFileSync(path, "utf8"));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return "";
  }
}
