import { deserialize, serialize } from "node:v8";
import { keyOf, type Store } from "../cache/store.ts";
import type { Source } from "./sources.ts";

/** Which contents the files of a folder had when they were last read. */
export interface Manifest {
  /** Undefined where that is not known any more. */
  idOf(source: Source): string | undefined;
}

interface Kept {
  readonly paths: readonly string[];
  readonly stamps: Float64Array;
  readonly ids: readonly string[];
}

const STAMPS = 4;
/** A file that changed so shortly before it was read, in milliseconds, may have changed again with the same stamps. */
const SHORTLY = 2_000;

const keyFor = (root: string): string => keyOf("manifest 1", process.versions.node, root);

export function openManifest(store: Store | undefined, root: string): Manifest {
  const bytes = store?.readBytes(keyFor(root));
  if (!bytes) return { idOf: () => undefined };
  const { paths, stamps, ids } = deserialize(bytes) as Kept;
  const rows = new Map(paths.map((path, row) => [path, row]));
  return {
    idOf({ path, stamps: now }) {
      const row = rows.get(path);
      if (row === undefined || now.length !== STAMPS) return undefined;
      return now.every((stamp, at) => stamp === stamps[row * STAMPS + at]) ? ids[row] : undefined;
    },
  };
}

/** @param listed when the files were looked for, in milliseconds: those that changed at about that time are left out. */
export function keepManifest(
  store: Store,
  root: string,
  files: readonly { readonly source: Source; readonly id: string }[],
  listed: number,
): void {
  const isSettled = ({ stamps: [, modified = 0, changed = 0] }: Source) =>
    Math.max(modified, changed) < listed - SHORTLY;
  const kept = files.filter(({ source }) => source.stamps.length === STAMPS && isSettled(source));
  const manifest: Kept = {
    paths: kept.map(({ source }) => source.path),
    stamps: Float64Array.from(kept.flatMap(({ source }) => source.stamps)),
    ids: kept.map(({ id }) => id),
  };
  store.writeBytes(keyFor(root), serialize(manifest));
}
