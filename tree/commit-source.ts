import { posix } from "node:path";
import type { FileSource } from "./file-source.ts";
import { filesOf, objects } from "./git/read.ts";
import type { Repository } from "./git/repository.ts";
import { toText } from "./text.ts";

/** Files that are read with one that stands beside them: each read of a few takes as long as one of many. */
const MAX_TOGETHER = 120;

/** The files of a commit, as if its top folder were the root of a disk. Links lead nowhere. */
export function commitSource(repository: Repository, commit: string): FileSource {
  let known: Folders | undefined;
  const folders = () => {
    known ??= foldersOf(repository, commit);
    return known;
  };
  let read: { readonly folder: string; readonly texts: ReadonlyMap<string, string> } | undefined;
  const textOf = (path: string): string | undefined => {
    const folder = posix.dirname(path);
    const ids = folders().get(folder);
    const id = ids?.get(posix.basename(path));
    if (!ids || id === undefined) return undefined;
    if (read?.folder === folder && read.texts.has(id)) return read.texts.get(id);
    const sources = [...ids].flatMap(([name, each]) => (/\.[ch]$/.test(name) ? [each] : []));
    const wanted = sources.length > MAX_TOGETHER ? [id] : [...new Set([id, ...sources])];
    const found = objects(repository, wanted);
    read = { folder, texts: new Map([...found].map(([each, bytes]) => [each, toText(bytes)])) };
    return read.texts.get(id);
  };
  return {
    realPath: (folder) => (folders().has(folder) ? folder : undefined),
    sizeOf: (path) => textOf(path)?.length ?? 0,
    textOf,
    entriesOf: (folder) => [...(folders().get(folder)?.keys() ?? [])].sort(),
  };
}

/** By the path of each folder its plain files, with the ids of what stands in them. */
type Folders = ReadonlyMap<string, ReadonlyMap<string, string>>;

function foldersOf(repository: Repository, commit: string): Folders {
  const folders = new Map<string, Map<string, string>>([["/", new Map()]]);
  const folderAt = (path: string): Map<string, string> => {
    const known = folders.get(path);
    if (known) return known;
    const made = new Map<string, string>();
    folders.set(path, made);
    folderAt(posix.dirname(path));
    return made;
  };
  for (const { path, kind, id } of filesOf(repository, commit))
    if (kind === "file") folderAt(posix.join("/", posix.dirname(path))).set(posix.basename(path), id);
  return folders;
}
