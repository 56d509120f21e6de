import { Outline } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";
import type { NearFile } from "./near-files.ts";

/** Files that are asked together for the functions that they define. */
export class NearGroup {
  readonly #files: readonly NearFile[];
  readonly #onUse: ((file: NearFile) => void) | undefined;
  #candidates: ReadonlyMap<string, readonly NearFile[]> | undefined;

  /** @param onUse is told of each file that somebody is given. */
  constructor(files: readonly NearFile[], onUse?: (file: NearFile) => void) {
    this.#files = files;
    this.#onUse = onUse;
  }

  /** The files that define a function which others may call. */
  definersOf(name: string): readonly NearFile[] {
    this.#candidates ??= candidatesIn(this.#files);
    const found = (this.#candidates.get(name) ?? []).filter((each) => isOpenIn(each, name));
    if (this.#onUse) for (const each of found) this.#onUse(each);
    return found;
  }
}

/** Who includes a header may call what is static there. */
const isOpenIn = (file: NearFile, name: string): boolean =>
  outlineIn(file).defines(name, /\.h$/.test(file.path) ? undefined : false);

/** The functions of a file that others may call. */
export const openNames = (file: NearFile): readonly string[] =>
  [...outlineIn(file).names].filter((name) => isOpenIn(file, name));

function candidatesIn(files: readonly NearFile[]): ReadonlyMap<string, readonly NearFile[]> {
  const candidates = new Map<string, NearFile[]>();
  for (const file of files) for (const name of outlineIn(file).names) add(candidates, name, file);
  return candidates;
}

const known = new WeakMap<NearFile, Outline>();

export function outlineIn(file: NearFile): Outline {
  const found = known.get(file) ?? new Outline(file.text);
  known.set(file, found);
  return found;
}
