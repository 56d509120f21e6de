import { type Form, keyOf, remembered, type Store } from "./cache/store.ts";
import { languageOf } from "./language.ts";
import { isArgument } from "./names.ts";

/** Files in which one of some words stands. */
export interface Mentions {
  /** Paths in the tree, sorted. */
  readonly files: readonly string[];
  /** What of the tree the search does not see, as links that lead out of it. */
  readonly unseen: readonly string[];
  /** What went wrong: the same search may find more another time. */
  readonly trouble?: string;
}

/** Searches the C files and headers under a folder (`.` for all) for words. */
export type Search = (words: readonly string[], folder: string, store?: Store) => Promise<Mentions>;

/** C, headers, and what other files include as such. */
export const SOURCE_NAMES = "*.[ch] *.[ch].in *.[ch]_shipped *.inc *.inl *.def".split(" ");

const FOUND: Form<Mentions> = {
  read: (text) => JSON.parse(text),
  write: ({ trouble, ...found }) => (trouble === undefined ? JSON.stringify(found) : undefined),
};

/** Searches once for each state of what is searched, as long as the store remembers; after an error again. */
export function searchedOnce(
  store: Store | undefined,
  state: readonly string[],
  search: () => Promise<Mentions>,
): Promise<Mentions> {
  return remembered(store, keyOf("mentions 2", ...state), search, FOUND);
}

/** Searches all where the name of the folder, which is no UTF-8, can be no argument of a program. */
export const inAnyFolder =
  (search: Search): Search =>
  async (words, folder, store) => {
    if (isArgument(folder)) return search(words, folder, store);
    const { files, unseen, ...rest } = await search(words, ".", store);
    const within = (paths: readonly string[]) => paths.filter((path) => path.startsWith(`${folder}/`));
    return { files: within(files), unseen: within(unseen), ...rest };
  };

export const sorted = (paths: Iterable<string>): readonly string[] => [...new Set(paths)].sort();

/** What a link, or a submodule, leads to: a place in the tree, one elsewhere, or one that is not known. */
export interface Lead {
  readonly path: string;
  /** In the tree; undefined where it is not there. */
  readonly target: string | undefined;
}

/**
 * Those behind which C may stand that a search of the tree does not see. What leads to another place of the tree is
 * seen there, unless the name alone makes it C.
 */
export function unseenBehind(leads: readonly Lead[]): readonly string[] {
  return leads.flatMap(({ path, target }) => {
    if (target === undefined) return isData(path) ? [] : [`${path} leads out of the tree`];
    return isSource(path) && isData(target) ? [`${path} leads to ${target}`] : [];
  });
}

const isSource = (path: string): boolean => /\.[ch]$/.test(path);
/** A file, by its suffix, that no compiler takes for C. */
const isData = (path: string): boolean => languageOf(path) !== "c" && /\.\w+$/.test(path);
