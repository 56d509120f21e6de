import { keyOf, type Store } from "../cache/store.ts";

/** Files in which one of some words stands. */
export interface Mentions {
  /** Paths in the tree, sorted. */
  readonly files: readonly string[];
  /** Why some of the tree was not searched. */
  readonly trouble?: string;
}

/** Searches once for each state of what is searched, as long as the store remembers. */
export async function remembered(
  store: Store | undefined,
  state: readonly string[],
  search: () => Promise<Mentions>,
): Promise<Mentions> {
  const key = keyOf("mentions", ...state);
  const known = store?.read(key);
  if (known !== undefined) return { files: JSON.parse(known) };
  const found = await search();
  if (found.trouble === undefined) store?.write(key, JSON.stringify(found.files));
  return found;
}

export const sorted = (paths: Iterable<string>): readonly string[] => [...new Set(paths)].sort();
