import { lstatSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import { systemCode } from "../model/files/system-error.ts";
import { toText } from "./text.ts";

/** Where the files near another one are read from. */
export interface FileSource {
  /** Where a folder stands, behind all links; undefined where it does not. */
  realPath(folder: string): string | undefined;
  /** The bytes of a plain file; none of what is none: a link, a pipe, a folder. */
  sizeOf(path: string): number;
  /** Undefined where it cannot be read. */
  textOf(path: string): string | undefined;
  /** The names in a folder, sorted. */
  entriesOf(folder: string): readonly string[];
}

/** Files as they stand on the disk. */
export const folderSource: FileSource = {
  realPath: (folder) => orNothing(() => realpathSync.native(folder)),
  sizeOf: (path) =>
    orNothing(() => {
      const kind = lstatSync(path);
      return kind.isFile() ? kind.size : undefined;
    }) ?? 0,
  textOf: (path) => orNothing(() => toText(readFileSync(path))),
  entriesOf: (folder) => orNothing(() => readdirSync(folder).sort()) ?? [],
};

function orNothing<Result>(read: () => Result): Result | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
