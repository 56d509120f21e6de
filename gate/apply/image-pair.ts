import type { FileDiff } from "../diff/diff.ts";
import { type Image, rebuild } from "../rebuild/rebuild.ts";
import { wholeImage } from "./image.ts";
import { relocate } from "./relocate.ts";
import type { AppliedFile } from "./workspace.ts";

/** A file before and after a change; one side is absent where the change creates or deletes it. */
export interface ImagePair {
  readonly file: FileDiff;
  readonly before?: Image;
  readonly after?: Image;
}

/** The images of a file as far as its hunks show it. */
export function pairFromHunks(file: FileDiff, collapsed: boolean): ImagePair {
  const before = rebuild(file, "before", collapsed);
  const after = rebuild(file, "after", collapsed);
  return { file, ...(before && { before }), ...(after && { after }) };
}

/** The images of a file to which the change was applied; undefined where its hunks are not found in it. */
export function pairFromTree(applied: AppliedFile): ImagePair | undefined {
  const file = applied.before === undefined ? applied.file : relocate(applied.file, applied.before);
  if (!file) return undefined;
  const [before, after] = [wholeImage(file, "before", applied), wholeImage(file, "after", applied)];
  return { file, ...(before && { before }), ...(after && { after }) };
}

/** The functions that a change touches in one file, on either side. */
export const changedFunctions = ({ before, after }: ImagePair): readonly string[] => [
  ...new Set([...(before?.changed ?? []), ...(after?.changed ?? [])]),
];
