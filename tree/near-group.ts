import { Outline } from "../model/c/source/index.ts";
import { add } from "../model/multimap.ts";
import type { NearFile } from "./near-files.ts";

/** Files that are asked together for the functions that they define. */
export class NearGroup {
  readonly files: readonly NearFile[];
  #candidates: ReadonlyMap<string, readonly NearFile[]> | undefined;

  constructor(files: readonly NearFile[]) {
    this.files = files;
  }

  /** The files that define a function which others may call: who includes a header may call what is static there. */
  definersOf(name: string): readonly NearFile[] {
    this.#candidates ??= candidatesIn(this.files);
    const found = this.#candidates.get(name) ?? [];
    return found.filter((each) => outlineIn(each).defines(name, /\.h$/.test(each.path) ? undefined : false));
  }
}

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
