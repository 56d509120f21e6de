import { readFileSync } from "node:fs";
import { systemMessage } from "../model/files/system-error.ts";
import { InputError } from "../model/input-error.ts";

/** On a command line: standard input. */
export const STANDARD_INPUT = "-";

/** Where what a user named is read; `pathOf` tells it of a file. */
export const inputPath = (name: string, pathOf = (file: string): string => file): string =>
  name === STANDARD_INPUT ? "/dev/stdin" : pathOf(name);

/** The text of a file that the user named. Throws an InputError that names it where it cannot be read or is binary. */
export function readText(path: string): string {
  const text = read(path);
  if (text.includes("\0")) throw new InputError(`cannot read ${path}: it is binary, not text`);
  return text;
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${systemMessage(error)}`);
  }
}
