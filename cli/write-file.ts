import { accessSync, constants, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { InputError } from "../model/input-error.ts";

/** Writes a file that the user named. Throws an InputError that names it where that fails. */
export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw unwritable(path, error);
  }
}

/** @throws InputError where the file could surely not be written, before long work is done for it. */
export function refuseUnwritable(path: string): void {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) throw new Error("it is a folder");
  } catch (error) {
    throw unwritable(path, error);
  }
}

function unwritable(path: string, reason: unknown): InputError {
  return new InputError(`cannot write ${path}: ${reason instanceof Error ? reason.message : reason}`);
}
