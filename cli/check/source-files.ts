import { realpathSync } from "node:fs";
import { blank } from "../../model/c/source/text.ts";
import { readUnit } from "../../model/c/source/unit.ts";
import { InputError } from "../../model/input-error.ts";
import { languageOf } from "../../tree/language.ts";
import { readText } from "../read-file.ts";
import { inTree } from "../tree.ts";

/** A file to check: as the user named it, and where it is. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The files that names stand for, each once, however many names it has.
 *
 * @throws InputError for one that its name says to be no C.
 */
export function sourceFiles(names: readonly string[], tree: string | undefined): readonly SourceFile[] {
  const files = new Map<string, SourceFile>();
  for (const name of names) {
    if (languageOf(name) !== "c" && /\.\w+$/.test(name)) throw notC(name);
    const path = inTree(name, tree);
    const real = realPath(path);
    if (!files.has(real)) files.set(real, { name, path });
  }
  return [...files.values()];
}

/** A pipe has no path: it is read once for each name. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** @throws InputError for a file that cannot be read, or whose text is no C. */
export function readSource({ name, path }: SourceFile): string {
  const text = readText(path);
  if (!looksLikeC(text, languageOf(name) === "c")) throw notC(name);
  return text;
}

const notC = (name: string): InputError => new InputError(`${name}: no C, and nothing else is checked`);

const DIRECTIVE = /^[ \t]*#(?!!)(?:\\\r?\n|[^\n])*/gm;

/** Nothing but directives and comments is C as well; prose, markup and scripts are not. */
function looksLikeC(source: string, isNamedSo: boolean): boolean {
  const { functions, text } = readUnit(source);
  if (functions.length > 0 || !isNamedSo) return functions.length > 0;
  const rest = text.replace(DIRECTIVE, blank).trim();
  return rest === "" || (/[;{}(),=]/.test(rest) && !/^(?:<|#!)/.test(rest));
}
