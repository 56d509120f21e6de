import { blank, Outline, readUnit } from "../../model/c/source/index.ts";
import { InputError } from "../../model/input-error.ts";
import { languageOf } from "../../tree/language.ts";
import { distinctFiles } from "../distinct-files.ts";
import { inputPath, readText, STANDARD_INPUT } from "../read-file.ts";
import { inTree } from "../tree.ts";
import { namedFiles } from "./named-files.ts";

/** A file to check: as the user named it, and where it is. */
export interface SourceFile {
  readonly name: string;
  readonly path: string;
}

/**
 * The files that words of a command line stand for, each once, however many names it has.
 *
 * @throws InputError for one that its name says to be no C, and for what names no file.
 */
export function sourceFiles(words: readonly string[], tree: string | undefined): readonly SourceFile[] {
  const names = namedFiles(words, tree);
  const other = names.find((name) => languageOf(name) !== "c" && /\.\w+$/.test(name));
  if (other !== undefined) throw notC(other);
  const pathOf = (name: string) => inputPath(name, (file) => inTree(file, tree));
  return distinctFiles(names, pathOf).map((name) => ({
    name: name === STANDARD_INPUT ? FROM_STANDARD_INPUT : name,
    path: pathOf(name),
  }));
}

const FROM_STANDARD_INPUT = "<stdin>";

export const isStandardInput = ({ name }: SourceFile): boolean => name === FROM_STANDARD_INPUT;

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
  if (!new Outline(source).isEmpty) return true;
  const { functions, text } = readUnit(source);
  if (functions.length > 0 || !isNamedSo) return functions.length > 0;
  const rest = text.replace(DIRECTIVE, blank).trim();
  return rest === "" || (/[;{}(),=]/.test(rest) && !/^(?:<|#!)/.test(rest));
}
