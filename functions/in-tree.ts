import { join, relative } from "node:path";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import { type Definers, definersOf } from "../tree/index/resolve.ts";
import type { Located } from "../tree/index/segment.ts";
import type { TreeIndex } from "../tree/index/tree-index.ts";
import { outlineIn } from "../tree/near-group.ts";
import type { NearbyFiles } from "../tree/nearby.ts";
import { lopsidedIn } from "./lopsided.ts";
import { OneSided } from "./one-sided.ts";

/** Files that are named. */
const MAX_NAMED = 3;

export function whyUnclear(name: string, files: readonly string[]): string {
  const more = files.length > MAX_NAMED ? ` and ${files.length - MAX_NAMED} more` : "";
  return `what ${name}() of ${files.slice(0, MAX_NAMED).join(", ")}${more} does to locks is not known`;
}

/** Characters of one that is followed for what it calls, and how many of them call each other. */
const MAX_WRAPPER = 600;
const MAX_DEPTH = 2;

/** Tells of functions anywhere in a tree whether they may leave a lock otherwise than they found it: few are read for that. */
export class InTree {
  readonly #index: Pick<TreeIndex, "definitions">;
  readonly #root: string;
  readonly #files: NearbyFiles;
  readonly #known: Knowledge;
  readonly #named = new Map<string, readonly Located[]>();
  /** The functions of a file and a name, by both; a name alone stands for a call that leads nowhere. */
  readonly #definers = new Map<string, Definers>();
  readonly #sides: OneSided;
  readonly #lopsided = new Map<string, boolean>();

  /** @param root where the tree is. */
  constructor(index: TreeIndex, root: string, files: NearbyFiles, known: Knowledge) {
    const definitions = (name: string) => {
      const found = this.#named.get(name) ?? index.definitions(name);
      this.#named.set(name, found);
      return found;
    };
    this.#index = { definitions };
    this.#root = root;
    this.#files = files;
    this.#known = known;
    this.#sides = new OneSided({ callsOf: this.#callsOf, sizeOf: this.#sizeOf }, known);
  }

  /**
   * The files that define what a call in `file` may mean, where that may change a lock: one, or several of which nothing
   * tells which is meant.
   */
  definersOf(name: string, file: string): readonly string[] {
    const asker = relative(this.#root, file);
    const found = definersOf(this.#index, name, asker);
    const paths = found.paths.filter((path) => path !== asker);
    const keys = paths.map((path) => this.#keyIn(path, name, found));
    // By its words alone, a name says nothing of several that are defined in different ways.
    const mayChange = (key: string) =>
      (keys.length === 1 && this.#sides.has(key)) || this.#isLopsided(key, 0);
    return keys.some(mayChange) ? paths.map((path) => join(this.#root, path)) : [];
  }

  /** As reports call files. */
  namesOf = (paths: readonly string[]): readonly string[] => paths.map((path) => relative(this.#root, path));

  #keyIn(path: string, name: string, { definitions }: Definers): string {
    return this.#keyOf(
      { paths: [path], definitions: definitions.filter((each) => each.path === path) },
      name,
    );
  }

  #keyOf(definers: Definers, name: string): string {
    const [path, ...others] = definers.paths;
    if (path === undefined || others.length > 0) return name;
    const key = `${path} ${name}`;
    this.#definers.set(key, definers);
    return key;
  }

  #callsOf = (key: string): readonly string[] | undefined =>
    this.#definers
      .get(key)
      ?.definitions.flatMap(({ calls, path, name }) =>
        calls
          .filter((each) => each !== name && !each.startsWith("."))
          .map((each) =>
            this.#isKnown(each) ? each : this.#keyOf(definersOf(this.#index, each, path), each),
          ),
      );

  #sizeOf = (key: string): number =>
    (this.#definers.get(key)?.definitions ?? []).reduce((sum, { from, to }) => sum + to - from, 0);

  #isKnown(name: string): boolean {
    return this.#known.matters(name) || this.#known.find(name, []) !== undefined;
  }

  /** By its text, where it takes or gives back a lock by itself; or by what it calls, where it is small. */
  #isLopsided(key: string, depth: number): boolean {
    const known = this.#lopsided.get(key);
    if (known !== undefined) return known;
    // What leads back to itself adds nothing.
    this.#lopsided.set(key, false);
    const found = this.#isLopsidedItself(key) || (depth < MAX_DEPTH && this.#callsLopsided(key, depth + 1));
    this.#lopsided.set(key, found);
    return found;
  }

  #isLopsidedItself(key: string): boolean {
    const [first, ...others] = this.#definers.get(key)?.definitions ?? [];
    const calls = [first, ...others].flatMap((each) => each?.calls ?? []);
    if (!first || !calls.some((each) => this.#known.matters(each))) return false;
    const file = this.#files.fileAt(join(this.#root, first.path));
    return file !== undefined && lopsidedIn(outlineIn(file), this.#known)(first.name);
  }

  #callsLopsided(key: string, depth: number): boolean {
    if (this.#sizeOf(key) > MAX_WRAPPER) return false;
    return (this.#callsOf(key) ?? []).some(
      (each) => this.#definers.has(each) && this.#isLopsided(each, depth),
    );
  }
}
