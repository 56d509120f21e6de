import { type Form, keyOf, remembered, type Store } from "./cache/store.ts";

/** Files in which one of some words stands. */
export interface Mentions {
  /** Paths in the tree, sorted. */
  readonly files: readonly string[];
  /** Why some of the tree was not searched. */
  readonly trouble?: string;
}

/** Searches the C files and headers under a folder (`.` for all) for words. */
export type Search = (words: readonly string[], folder: string, store?: Store) => Promise<Mentions>;

/** A search that not all went well of is made again. */
const FOUND: Form<Mentions> = {
  read: (text) => ({ files: JSON.parse(text) }),
  write: ({ files, trouble }) => (trouble === undefined ? JSON.stringify(files) : undefined),
};

/** Searches once for each state of what is searched, as long as the store remembers. */
export function searchedOnce(
  store: Store | undefined,
  state: readonly string[],
  search: () => Promise<Mentions>,
): Promise<Mentions> {
  return remembered(store, keyOf("mentions", ...state), search, FOUND);
}

export const sorted = (paths: Iterable<string>): readonly string[] => [...new Set(paths)].sort();
