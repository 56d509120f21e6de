import { lstatSync, readdirSync } from "node:fs";
import { join, normalize } from "node:path";
import picomatch from "picomatch";
import { systemCode, systemMessage } from "../../model/files/system-error.ts";
import { InputError } from "../../model/input-error.ts";
import { inputPath, readText, STANDARD_INPUT } from "../read-file.ts";
import { inTree } from "../tree.ts";

/**
 * The files that words of a command line stand for: a folder for the .c files below it, a pattern (`*`, `?`, `[`, `{`)
 * for the files that match it, `@list` for the names in that file, a line each; `-` and every other word for itself.
 *
 * @param tree what names are relative to, but for that of a list.
 * @throws InputError for a folder or a pattern without a file, and for what cannot be read.
 */
export function namedFiles(words: readonly string[], tree: string | undefined): readonly string[] {
  return words
    .flatMap((word) => (word.startsWith("@") ? listed(word.slice(1)) : [word]))
    .flatMap((word) => filesOf(word, tree));
}

/** The names in a list, which may be standard input. Lines that are empty are passed over. */
function listed(list: string): readonly string[] {
  const names = readText(inputPath(list)).split(/\r?\n/);
  const found = names.filter((name) => name.trim() !== "");
  if (found.length === 0) throw new InputError(`@${list}: it names no file`);
  return found;
}

function filesOf(word: string, tree: string | undefined): readonly string[] {
  if (word === STANDARD_INPUT) return [word];
  const kind = lstatSync(inTree(followed(word), tree), { throwIfNoEntry: false });
  if (kind?.isDirectory()) return below(word, tree);
  return kind === undefined && /[*?[{]/.test(word) ? matching(word, tree) : [word];
}

/** A link to a folder, with a slash behind it, is the folder. */
const followed = (name: string): string => join(name, ".");

function below(folder: string, tree: string | undefined): readonly string[] {
  const found = filesBelow(folder, tree).filter((name) => name.endsWith(".c"));
  if (found.length === 0) throw new InputError(`${folder}: there is no .c file below it`);
  return found;
}

function matching(pattern: string, tree: string | undefined): readonly string[] {
  const { base } = picomatch.scan(pattern);
  const matches = picomatch(normalize(pattern));
  const found = filesBelow(base === "" ? "." : base, tree).filter((name) => matches(name));
  if (found.length === 0) throw new InputError(`${pattern}: no file matches it`);
  return found;
}

/** Files below a folder, sorted; links are not followed, and .git is left out. */
function filesBelow(folder: string, tree: string | undefined): readonly string[] {
  const names: string[] = [];
  const todo = [folder];
  for (const each of todo) {
    for (const entry of entriesIn(each, tree)) {
      const name = join(each, entry.name);
      if (entry.isDirectory() && entry.name !== ".git") todo.push(name);
      else if (entry.isFile()) names.push(name);
    }
  }
  return names.sort();
}

function entriesIn(folder: string, tree: string | undefined) {
  try {
    return readdirSync(inTree(folder, tree), { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new InputError(`cannot read ${folder}: ${systemMessage(error)}`);
  }
}
