import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import { InputError } from "../../model/input-error.ts";

/**
 * Writes beside the file and then puts it in its place, so that whatever goes wrong meanwhile leaves the one
 * before intact, and nothing half-written.
 * @throws InputError where that fails: no such folder, no permission, no room on the disk.
 */
export function replaceFile(path: string, write: (file: number) => void): void {
  const temporary = partOf(path);
  try {
    const file = openSync(temporary, "w");
    try {
      write(file);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw unwritable(path, error);
  }
}

/**
 * Finds out beforehand whether the file can be replaced, so that nobody searches for hours in vain.
 * @throws InputError where it cannot, or is no file but a folder or a device.
 */
export function refuseUnwritable(path: string): void {
  if (path === "" || (existsSync(path) && !statSync(path).isFile())) throw unwritable(path, "it is no file");
  try {
    closeSync(openSync(partOf(path), "w"));
  } catch (error) {
    throw unwritable(path, error);
  }
  rmSync(partOf(path));
}

const partOf = (path: string): string => `${path}.part`;

function unwritable(path: string, reason: unknown): InputError {
  const said = reason instanceof Error ? reason.message : reason;
  return new InputError(`cannot write the checkpoint ${path}: ${said}`);
}
