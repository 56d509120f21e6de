import { lstatSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../input-error.ts";
import { isAbandoned, OWNER } from "./owner.ts";
import { systemCode, systemMessage } from "./system-error.ts";

export interface TemporaryFolder {
  readonly path: string;
  remove(): void;
}

const PREFIX = "holdfast-";

/**
 * A folder that nobody else may read, removed when the process ends. What killed runs left is removed as well.
 *
 * @throws InputError where none can be made.
 */
export function makeTemporaryFolder(): TemporaryFolder {
  const parent = tmpdir();
  const path = made(join(parent, `${PREFIX}${OWNER}-`));
  removeAbandoned(parent);
  if (living.size === 0) process.once("exit", removeTemporaryFolders);
  living.add(path);
  return {
    path,
    remove: () => {
      living.delete(path);
      if (living.size === 0) process.off("exit", removeTemporaryFolders);
      removeFolder(path);
    },
  };
}

const living = new Set<string>();
const removeFolder = (path: string): void => rmSync(path, { recursive: true, force: true });

/** Removes all of this process that there are, as its end does. */
export function removeTemporaryFolders(): void {
  for (const path of living) removeFolder(path);
  living.clear();
}

function made(prefix: string): string {
  try {
    return mkdtempSync(prefix);
  } catch (error) {
    throw new InputError(`no temporary folder can be made: ${systemMessage(error)} (TMPDIR names where)`);
  }
}

/** What is written to a temporary folder; throws an InputError where the system refuses, as on a full disk. */
export function writingTemporary<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(`a temporary copy cannot be made: ${systemMessage(error)} (TMPDIR names where)`);
  }
}

function removeAbandoned(parent: string): void {
  for (const name of namesIn(parent)) {
    if (!name.startsWith(PREFIX) || !isAbandoned(name.slice(PREFIX.length))) continue;
    const path = join(parent, name);
    if (isOurs(path)) removeFolder(path);
  }
}

/** A folder that others may write to need not be one that we may list. */
function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}

function isOurs(path: string): boolean {
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found?.isDirectory() === true && found.uid === process.getuid?.();
}
