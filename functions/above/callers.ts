import type { Knowledge } from "../../model/c/knowledge/index.ts";
import { isRunAtomic } from "../../model/kernel/table/registration.ts";
import { definersOf } from "../../tree/index/resolve.ts";
import type { Located, LocatedHandler } from "../../tree/index/segment.ts";
import type { TreeIndex } from "../../tree/index/tree-index.ts";
import { entersAtomic } from "../may-sleep.ts";

/** A function with more callers than that is part of the kernel's language: see model/kernel/table. */
const MAX_CALLERS = 100;
/** Files from caller to caller that are followed. */
export const MAX_FILES_ABOVE = 4;

/** By file, functions that call one of another file. */
export type CallersByFile = ReadonlyMap<string, readonly string[]>;

/** What the index says of functions of one file that call one of another, and of those of the file that call them. */
export interface Calling {
  readonly names: readonly string[];
  /** One of them has a section in which nothing may sleep. */
  readonly enters: boolean;
  /** Those that the kernel may be told to run in atomic context. */
  readonly handed: ReadonlySet<string>;
  /** Those that functions of other files call. */
  readonly open: ReadonlySet<string>;
}

/** Tells who calls functions of a tree, as far as names tell: no file is read for that. */
export class Callers {
  readonly #index: Pick<TreeIndex, "callers" | "definitions" | "handlersOf">;
  readonly #known: Knowledge;
  readonly #callers = new Map<string, CallersByFile>();
  readonly #calling = new Map<string, Calling>();
  readonly #reaching = new Map<string, boolean>();

  constructor(index: Pick<TreeIndex, "callers" | "definitions" | "handlersOf">, known: Knowledge) {
    this.#index = index;
    this.#known = known;
  }

  /** The functions elsewhere in the tree that call the function of a file by its name: it alone can be meant. */
  of(name: string, path: string): CallersByFile {
    const key = `${path} ${name}`;
    const known = this.#callers.get(key) ?? this.#callersOf(name, path);
    this.#callers.set(key, known);
    return known;
  }

  #callersOf(name: string, path: string): CallersByFile {
    const callers = this.#index
      .callers(name)
      .filter((each) => each.kind === "function" && each.path !== path);
    const found = new Map<string, string[]>();
    for (const each of callers.length > MAX_CALLERS ? [] : callers) {
      const names = found.get(each.path) ?? (this.#isMeant(name, path, each.path) ? [] : undefined);
      if (names && !names.includes(each.name)) found.set(each.path, [...names, each.name]);
    }
    return found;
  }

  #isMeant(name: string, path: string, asker: string): boolean {
    const { paths } = definersOf(this.#index, name, asker);
    return paths.length === 1 && paths[0] === path;
  }

  /** Where other files may tell the kernel to run a function in atomic context. */
  handedAt(name: string, path: string): readonly LocatedHandler[] {
    return this.#index.handlersOf(name).filter((each) => each.path !== path && isRunAtomic(each.place));
  }

  /** What these functions of a file do with what they call. */
  calling(path: string, callers: readonly string[]): Calling {
    const key = [path, ...callers].join(" ");
    const known = this.#calling.get(key) ?? this.#callingIn(path, callers);
    this.#calling.set(key, known);
    return known;
  }

  #callingIn(path: string, callers: readonly string[]): Calling {
    const all = new Map<string, Located>();
    const add = (name: string) => {
      const own = this.#index
        .definitions(name)
        .find((each) => each.path === path && each.kind === "function");
      if (own) all.set(name, own);
    };
    for (const name of callers) add(name);
    for (const name of all.keys())
      for (const each of this.#index.callers(name))
        if (each.path === path && !all.has(each.name)) add(each.name);
    const names = [...all.keys()];
    const isHanded = (name: string) => this.#index.handlersOf(name).some(({ place }) => isRunAtomic(place));
    const isOpen = (name: string) => !all.get(name)?.isStatic && this.of(name, path).size > 0;
    return {
      names,
      enters: [...all.values()].some(({ calls }) => calls.some((each) => entersAtomic(each, this.#known))),
      handed: new Set(names.filter(isHanded)),
      open: new Set(names.filter(isOpen)),
    };
  }

  /** Whether a function of a file may be called in atomic context, from so many files away. */
  mayBeAtomic(name: string, path: string, files: number): boolean {
    if (files === 0) return false;
    const key = `${files} ${path} ${name}`;
    const known = this.#reaching.get(key);
    if (known !== undefined) return known;
    // What leads back to itself adds nothing.
    this.#reaching.set(key, false);
    const found = [...this.of(name, path)].some(([file, names]) => {
      const { enters, handed, open } = this.calling(file, names);
      if (enters || handed.size > 0) return true;
      return [...open].some((each) => this.mayBeAtomic(each, file, files - 1));
    });
    this.#reaching.set(key, found);
    return found;
  }
}
