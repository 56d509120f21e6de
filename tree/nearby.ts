import { dirname, join, resolve } from "node:path";
import {
  type HeaderMacros,
  headerMacrosOf,
  type Included,
  includedBy,
  macrosFor,
} from "../model/c/source/index.ts";
import { isKernelHeader } from "../model/kernel/table/kernel-header.ts";
import { digest } from "./cache/store.ts";
import { type AskedKind, type Dependencies, Remembered } from "./dependencies.ts";
import { type NearFile, type NearFileReader, NearFiles } from "./near-files.ts";
import { NearGroup, openNames } from "./near-group.ts";

/** What stands around a file, and may define what the file uses. */
export interface Nearby {
  /** Of the headers that it includes, by others too, the macros that it asks for, in the order in which they come. */
  readonly directives: string;
  /** Headers and sources, nearest first: each group is asked where no earlier one has an answer. */
  readonly groups: readonly NearGroup[];
  /** What of the headers was not read, and why. */
  readonly unread: readonly string[];
  /** Sources that were not looked into, and why. */
  readonly left: readonly string[];
}

const MAX_HEADERS = 120;
/** Headers that include each other are followed so far. */
const MAX_DEPTH = 8;
/** Folders above a file in which `include` is looked for. */
const MAX_ABOVE = 8;
/** Sources of a folder, which are read for each file of it that is checked alone. */
const MAX_FOLDER = { files: 100, bytes: 2 * 1024 * 1024 };
/** Sources that are given together. */
const MAX_GIVEN = { files: 1000, bytes: 32 * 1024 * 1024 };

const NO_GROUP = new NearGroup([]);

/**
 * Finds what stands around files, by the names of their includes and their folders: no configuration, and nothing
 * outside the folder `root`. Of files that are read again, the text is kept.
 */
export class NearbyFiles {
  readonly #files: NearFileReader;
  readonly #givenPaths: ReadonlySet<string>;
  readonly #macros = new WeakMap<NearFile, HeaderMacros>();
  readonly #known: Remembered<string, Surroundings>;
  readonly #included = new WeakMap<NearFile, readonly Included[]>();
  readonly #folders: Remembered<string, LeftGroup>;
  readonly #given: Remembered<"all", LeftGroup>;
  /** Notes what answers that are made by these files depend on; undefined where nobody wants to know. */
  readonly dependencies: Dependencies | undefined;

  /**
   * @param given sources that are asked before those of a folder.
   * @param files reads what it is asked for, and notes it in `dependencies`.
   */
  constructor(
    root: string,
    given: readonly string[],
    files: NearFileReader = new NearFiles(root),
    dependencies?: Dependencies,
  ) {
    this.#files = files;
    this.#givenPaths = new Set(given.map((each) => resolve(each)));
    this.dependencies = dependencies;
    this.#known = new Remembered(dependencies);
    this.#folders = new Remembered(dependencies);
    this.#given = new Remembered(dependencies);
  }

  /** A file below the root, that is none of a group; undefined where there is none that may be read. */
  fileAt(path: string): NearFile | undefined {
    return this.#files.read(path);
  }

  /** Of very many files some belong to other machines, and define what another file means. */
  isGiven({ path }: NearFile): boolean {
    return this.#givenPaths.size <= MAX_FOLDER.files && this.#givenPaths.has(path);
  }

  /** `text` may be an excerpt: all that it includes is known by its path. */
  around(file: string, text: string, matters: (name: string) => boolean): Nearby {
    if (this.#files.isFull) this.#forget();
    const path = resolve(file);
    const surroundings = this.#known.get(path, () => this.#surroundingsOf(path, text));
    return { ...surroundings, directives: macrosFor(text, surroundings.macros, matters) };
  }

  #surroundingsOf(path: string, text: string): Surroundings {
    const { headers, unread } = this.#headersOf(path, text);
    const given = this.#givenGroup();
    const folder = this.#folder(dirname(path));
    const besides = this.#besides([path, ...headers.map((each) => each.path)]);
    return {
      macros: headers.map((each) => this.#macrosOf(each)),
      groups: [new NearGroup(headers), given.group, besides, folder.group],
      unread: [...unread],
      left: [...given.left, ...folder.left],
    };
  }

  #macrosOf(header: NearFile): HeaderMacros {
    const known = this.#macros.get(header) ?? headerMacrosOf(header.text);
    this.#macros.set(header, known);
    return known;
  }

  #forget(): void {
    this.#files.forget();
    for (const each of [this.#folders, this.#known, this.#given]) each.clear();
  }

  /** What a header includes comes before it. */
  #headersOf(
    path: string,
    text: string,
  ): { readonly headers: NearFile[]; readonly unread: ReadonlySet<string> } {
    const seen = new Set([path]);
    const headers: NearFile[] = [];
    const unread = new Set<string>();
    const visit = (from: string, included: readonly Included[], depth: number): void => {
      for (const each of included) {
        const header = this.#find(from, each, unread);
        if (!header || seen.has(header.path)) continue;
        if (seen.size > MAX_HEADERS || depth > MAX_DEPTH) unread.add(`${header.name}: too many headers`);
        if (seen.size > MAX_HEADERS || depth > MAX_DEPTH) continue;
        seen.add(header.path);
        visit(header.path, this.#includedBy(header), depth + 1);
        headers.push(header);
      }
    };
    visit(path, headersIn(text), 1);
    return { headers, unread };
  }

  #includedBy(header: NearFile): readonly Included[] {
    const known = this.#included.get(header) ?? headersIn(header.text);
    this.#included.set(header, known);
    return known;
  }

  #find(from: string, { name, own }: Included, unread: Set<string>): NearFile | undefined {
    const beside = own ? [join(dirname(from), name)] : [];
    let folder = dirname(from);
    const places = [...beside];
    for (let above = 0; above < MAX_ABOVE && this.#files.isInside(folder); above++) {
      places.push(join(folder, "include", name), ...(own ? [join(folder, name)] : []));
      folder = dirname(folder);
    }
    for (const place of places) {
      const found = this.#files.read(place);
      const refusal = this.#files.whyNot(place);
      if (refusal !== undefined) unread.add(refusal);
      if (found || refusal !== undefined) return found;
    }
    return undefined;
  }

  /** The sources beside headers. */
  #besides(paths: readonly string[]): NearGroup {
    const headers = paths.filter((each) => /\.h$/.test(each));
    return this.#groupAt(headers.map((each) => each.replace(/\.h$/, ".c")));
  }

  #folder(folder: string): LeftGroup {
    return this.#folders.get(folder, () =>
      this.#groupOf("the other sources of its folder", this.#files.sourcesIn(folder), MAX_FOLDER),
    );
  }

  #givenGroup(): LeftGroup {
    return this.#given.get("all", () =>
      this.#groupOf("the other given files", [...this.#givenPaths], MAX_GIVEN),
    );
  }

  #groupOf(what: string, paths: readonly string[], most: typeof MAX_FOLDER): LeftGroup {
    if (paths.length > most.files || this.#isMore(paths, most.bytes))
      return {
        group: NO_GROUP,
        left: [`what functions of ${what} do to locks is not known: ${paths.length} are too many`],
      };
    return { group: this.#groupAt(paths), left: [] };
  }

  #isMore(paths: readonly string[], bytes: number): boolean {
    const found = isMore(paths, bytes, this.#files);
    this.#note("size", [bytes, ...paths].join("\n"), () => `${found}`);
    return found;
  }

  /** Of those that are not used, no more counts than which functions they define. */
  #groupAt(paths: readonly string[]): NearGroup {
    const files = paths.flatMap((path) => {
      const file = this.#files.look(path);
      this.#note("names", path, () => digestOfNames(file));
      return file ?? [];
    });
    return new NearGroup(files, ({ path }) => this.#files.read(path));
  }

  #note(kind: AskedKind, name: string, said: () => string): void {
    this.dependencies?.noteAgain(kind, name, said);
    this.dependencies?.note(kind, name, said);
  }
}

/** Whether some files have more bytes than that. */
export const isMore = (
  paths: readonly string[],
  bytes: number,
  files: Pick<NearFileReader, "sizeOf">,
): boolean => paths.reduce((sum, each) => sum + files.sizeOf(each), 0) > bytes;

/** The functions that a file may define for others, in short; empty for none that may be read. */
export const digestOfNames = (file: NearFile | undefined): string =>
  file ? digest(openNames(file).join(" ")) : "";

interface Surroundings extends Omit<Nearby, "directives"> {
  readonly macros: readonly HeaderMacros[];
}

interface LeftGroup {
  readonly group: NearGroup;
  readonly left: readonly string[];
}

/** The headers that a text includes, but for the kernel's own. */
const headersIn = (text: string): readonly Included[] =>
  includedBy(text).filter(({ name, own }) => /\.h$/.test(name) && (own || !isKernelHeader(name)));
