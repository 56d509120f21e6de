import { dirname, join } from "node:path";
import type { NearFile, NearFileReader } from "./near-files.ts";

/** The texts of files as one side of a change has them, by their paths below the root; undefined for one that it has not. */
export type ChangedTexts = ReadonlyMap<string, string | undefined>;

/** Files of a tree, some of them as a change has them. What the change leaves alone is read once for both of its sides. */
export function changedFiles(base: NearFileReader, root: string, changed: ChangedTexts): NearFileReader {
  const files = new Map([...changed].map(([name, text]) => [join(root, name), fileOf(root, name, text)]));
  const added = (folder: string) =>
    [...files].flatMap(([path, file]) =>
      file && dirname(path) === folder && /\.c$/.test(path) ? [path] : [],
    );
  const isGone = (path: string) => files.has(path) && files.get(path) === undefined;
  return {
    get isFull() {
      return base.isFull;
    },
    forget: () => base.forget(),
    isInside: (folder) => base.isInside(folder) || [...files.keys()].some((path) => dirname(path) === folder),
    read: (path) => (files.has(path) ? files.get(path) : base.read(path)),
    look: (path) => (files.has(path) ? files.get(path) : base.look(path)),
    sizeOf: (path) => (files.has(path) ? (files.get(path)?.text.length ?? 0) : base.sizeOf(path)),
    whyNot: (path) => (files.has(path) ? undefined : base.whyNot(path)),
    sourcesIn: (folder) =>
      [...new Set([...base.sourcesIn(folder), ...added(folder)])].filter((path) => !isGone(path)).sort(),
  };
}

const fileOf = (root: string, name: string, text: string | undefined): NearFile | undefined =>
  text === undefined ? undefined : { path: join(root, name), name, text };
