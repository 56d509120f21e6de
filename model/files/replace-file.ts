import {
  closeSync,
  existsSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { InputError } from "../input-error.ts";
import { isAbandoned, OWNER } from "./owner.ts";
import { systemMessage } from "./system-error.ts";

/** In characters: with what is put around it, no file system finds the name too long. */
const LONGEST_NAME = 60;

/**
 * Writes beside a file and then puts that in its place: whatever goes wrong meanwhile leaves the file as it was. A
 * device or a pipe is written to as it stands.
 *
 * @throws InputError where that fails: no such folder, no permission, no room on the disk.
 */
export function replaceFile(path: string, write: (file: number) => void): void {
  try {
    if (isSpecial(path)) writeTo(openSync(path, "w"), write);
    else writeBeside(existsSync(path) ? realpathSync(path) : path, write);
  } catch (error) {
    throw unwritable(path, systemMessage(error));
  }
}

function writeBeside(target: string, write: (file: number) => void): void {
  const part = openPart(target);
  try {
    writeTo(part.file, (file) => {
      write(file);
      fsyncSync(file);
    });
    renameSync(part.path, target);
  } catch (error) {
    rmSync(part.path, { force: true });
    throw error;
  }
}

/** The same with a text. */
export function replaceText(path: string, text: string): void {
  replaceFile(path, (file) => writeFileSync(file, text));
}

/**
 * Finds out beforehand whether the file can be replaced, so that nobody works for hours in vain.
 *
 * @throws InputError where it cannot.
 */
export function refuseUnwritable(path: string): void {
  try {
    if (isSpecial(path)) return;
    const part = openPart(path);
    closeSync(part.file);
    rmSync(part.path);
  } catch (error) {
    throw unwritable(path, systemMessage(error));
  }
}

/** A device or a pipe. */
function isSpecial(path: string): boolean {
  if (path === "") throw unwritable(path, "it has no name");
  const found = statSync(path, { throwIfNoEntry: false });
  if (found?.isDirectory()) throw unwritable(path, "it is a folder");
  return found !== undefined && !found.isFile();
}

/** Never follows a link that somebody may have put in its place. */
function openPart(target: string): { readonly path: string; readonly file: number } {
  const start = `.${basename(target).slice(0, LONGEST_NAME)}.`;
  const own = `${start}${OWNER}.part`;
  const folder = dirname(target);
  for (const name of readdirSync(folder)) {
    const isPart = name.startsWith(start) && name.endsWith(".part");
    const isLeft = name === own || isAbandoned(name.slice(start.length));
    if (isPart && isLeft) rmSync(join(folder, name), { force: true });
  }
  const path = join(folder, own);
  const file = openSync(path, "wx");
  const mode = statSync(target, { throwIfNoEntry: false })?.mode;
  if (mode !== undefined) fchmodSync(file, mode & 0o777);
  return { path, file };
}

function writeTo(file: number, write: (file: number) => void): void {
  try {
    write(file);
  } finally {
    closeSync(file);
  }
}

const unwritable = (path: string, reason: string): InputError =>
  new InputError(`cannot write ${path}: ${reason}`);
