import { join, relative } from "node:path";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import { Remembered } from "../tree/dependencies.ts";
import { type Definers, definersOf } from "../tree/index/resolve.ts";
import type { Located } from "../tree/index/segment.ts";
import type { TreeIndex } from "../tree/index/tree-index.ts";
import type { NearFile } from "../tree/near-files.ts";
import { outlineIn } from "../tree/near-group.ts";
import type { NearbyFiles } from "../tree/nearby.ts";
import { type AskedFile, askedFiles } from "./asked-file.ts";
import { lopsidedIn } from "./lopsided.ts";
import { maySleepIn, mayTakeIn } from "./may-sleep.ts";
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
/** Calls within calls that are followed for the locks that they take. */
const MAX_LOCK_DEPTH = 4;
const NO_LOCKS: ReadonlySet<string> = new Set();

/** What may be meant by a call whose definition stands in no file near by. */
export interface FarDefiners {
  /** One, or several of which nothing tells which is meant. */
  readonly paths: readonly string[];
  /** It may leave a lock otherwise than it found it. */
  readonly mayChange: boolean;
  readonly maySleep: boolean;
  /** The last words of the locks that it takes, by what it calls too. */
  readonly locksTaken: ReadonlySet<string>;
}

/** Tells what functions anywhere in a tree may do, by the names of what they call: few files are read for that. */
export class InTree {
  readonly #index: Pick<TreeIndex, "definitions">;
  readonly #root: string;
  readonly #files: NearbyFiles;
  readonly #known: Knowledge;
  readonly #named = new Map<string, readonly Located[]>();
  /** The functions of a file and a name, by both; a name alone stands for a call that leads nowhere. */
  readonly #definers = new Map<string, Definers>();
  readonly #sides: OneSided;
  /** By how far functions are followed, too, as the locks: who asks first must not decide on the answer. */
  readonly #lopsided: Remembered<string, boolean>;
  readonly #maySleep: (key: string) => boolean;
  readonly #mayTake: (key: string) => boolean;
  readonly #locks: Remembered<string, ReadonlySet<string>>;
  readonly #calls: Remembered<string, readonly string[] | undefined>;
  readonly #ask: (file: NearFile) => AskedFile;

  /** @param root where the tree is. */
  constructor(index: TreeIndex, root: string, files: NearbyFiles, known: Knowledge) {
    const { dependencies } = files;
    const definitions = (name: string) => {
      dependencies?.note("definitions", name, () => "");
      const found = this.#named.get(name) ?? index.definitions(name);
      this.#named.set(name, found);
      return found;
    };
    [this.#lopsided, this.#locks] = [new Remembered(dependencies), new Remembered(dependencies)];
    this.#calls = new Remembered(dependencies);
    this.#index = { definitions };
    this.#root = root;
    this.#files = files;
    this.#known = known;
    const asked = { callsOf: this.#callsOf, sizeOf: this.#sizeOf, hasFlags: this.#hasFlags, dependencies };
    this.#sides = new OneSided(asked, known, dependencies);
    this.#maySleep = maySleepIn(asked, known);
    this.#ask = askedFiles(known);
    this.#mayTake = mayTakeIn({ callsOf: this.#callsOf, dependencies }, known);
  }

  /** The files that define what a call in `file` may mean, and what these definitions may do. */
  definersOf(name: string, file: string): FarDefiners {
    const asker = relative(this.#root, file);
    const found = definersOf(this.#index, name, asker);
    const paths = found.paths.filter((path) => path !== asker);
    const keys = paths.map((path) => this.#keyIn(path, name, found));
    // By its words alone, a name says nothing of several that are defined in different ways.
    const mayChange = (key: string) =>
      (keys.length === 1 && this.#sides.has(key)) || this.#isLopsided(key, 0);
    const [maySleep, locksTaken] = [this.#maySleep, this.#locksTaken];
    return {
      paths: paths.map((path) => join(this.#root, path)),
      get mayChange() {
        return keys.some(mayChange);
      },
      get maySleep() {
        return keys.length === 1 && keys.some(maySleep);
      },
      get locksTaken() {
        return keys.length === 1 ? locksTaken(keys[0] ?? "") : NO_LOCKS;
      },
    };
  }

  /** Whether a function of the file may come to sleep. */
  maySleepIn = (file: string, name: string): boolean => this.#maySleep(this.#ownKey(file, name));

  /** The last words of the locks that a function of the file takes, by what it calls too. */
  locksTakenIn = (file: string, name: string): ReadonlySet<string> =>
    this.#locksTaken(this.#ownKey(file, name));

  #ownKey(file: string, name: string): string {
    const path = relative(this.#root, file);
    return this.#keyIn(path, name, definersOf(this.#index, name, path));
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

  /** The functions of a key; undefined for a name alone. */
  #definitionsOf(key: string): readonly Located[] | undefined {
    const found = this.#definers.get(key);
    if (found) this.#files.dependencies?.note("definitions", key.slice(key.lastIndexOf(" ") + 1), () => "");
    return found?.definitions;
  }

  #callsOf = (key: string): readonly string[] | undefined =>
    this.#calls.get(key, () =>
      this.#definitionsOf(key)?.flatMap(({ calls, path, name }) =>
        calls
          .filter((each) => each !== name && !each.startsWith("."))
          .map((each) =>
            this.#isKnown(each) ? each : this.#keyOf(definersOf(this.#index, each, path), each),
          ),
      ),
    );

  #hasFlags = (key: string): boolean =>
    (this.#definitionsOf(key) ?? []).some(({ parameters }) =>
      parameters.some((each) => /^gfp_t\b/.test(each)),
    );

  #sizeOf = (key: string): number =>
    (this.#definitionsOf(key) ?? []).reduce((sum, { from, to }) => sum + to - from, 0);

  #isKnown(name: string): boolean {
    return this.#known.matters(name) || this.#known.find(name, []) !== undefined;
  }

  /** By its text, where it takes or gives back a lock by itself; or by what it calls, where it is small. */
  #isLopsided(key: string, depth: number): boolean {
    return this.#lopsided.get(
      `${depth} ${key}`,
      () => this.#isLopsidedItself(key) || (depth < MAX_DEPTH && this.#callsLopsided(key, depth + 1)),
    );
  }

  #isLopsidedItself(key: string): boolean {
    const [first, ...others] = this.#definitionsOf(key) ?? [];
    const calls = [first, ...others].flatMap((each) => each?.calls ?? []);
    if (!first || !calls.some((each) => this.#known.matters(each))) return false;
    const file = this.#files.fileAt(join(this.#root, first.path));
    return file !== undefined && lopsidedIn(outlineIn(file), this.#known)(first.name);
  }

  #locksTaken = (key: string, depth = 0): ReadonlySet<string> => {
    if (depth > MAX_LOCK_DEPTH || !this.#mayTake(key)) return NO_LOCKS;
    return this.#locks.get(`${depth} ${key}`, () => {
      const own = (this.#definitionsOf(key) ?? []).flatMap(({ path, name }) => {
        const file = this.#files.fileAt(join(this.#root, path));
        return file ? [...this.#ask(file).locksTaken(name)] : [];
      });
      const called = (this.#callsOf(key) ?? []).flatMap((each) => [...this.#locksTaken(each, depth + 1)]);
      return new Set([...own, ...called]);
    });
  };

  #callsLopsided(key: string, depth: number): boolean {
    if (this.#sizeOf(key) > MAX_WRAPPER) return false;
    return (this.#callsOf(key) ?? []).some(
      (each) => this.#definers.has(each) && this.#isLopsided(each, depth),
    );
  }
}
