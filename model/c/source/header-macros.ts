import { blankOpaque } from "./text.ts";

/** A directive of a header, with the `#if`s that it stands within, or is part of, by their numbers. */
interface Directive {
  readonly line: string;
  readonly within: readonly number[];
  /** Of a `#define` or `#undef`. */
  readonly name?: string;
  /** It takes arguments: read as it stands, its calls leave locks alone. */
  readonly isCall: boolean;
  /** The names that it asks for, those of the conditions around it among them. */
  readonly words: readonly string[];
}

/** The directives of a header that may decide how a source is read which includes it. */
export type HeaderMacros = readonly Directive[];

const DIRECTIVE =
  /^[ \t]*#[ \t]*(?:(if|ifdef|ifndef|elif|else|endif)\b[^\n]*|undef[ \t]+(\w+)[^\n]*|define[ \t]+(\w+)(\([^)\n]*\))?((?:\\\r?\n|[^\n])*))/gm;
/** Names of registers and numbers do nothing to a lock. */
const DOES_SOMETHING = /[({]|\b(?:return|goto|break|continue)\b|^\s*[A-Za-z_]\w*\s*$/;

export function headerMacrosOf(header: string): HeaderMacros {
  const open: { readonly group: number; readonly words: string[] }[] = [];
  const found: Directive[] = [];
  let groups = 0;
  for (const [line, condition, gone, defined, list, body = ""] of blankOpaque(header).matchAll(DIRECTIVE)) {
    if (condition?.startsWith("if")) open.push({ group: groups++, words: [] });
    if (condition) open.at(-1)?.words.push(...wordsIn(line));
    const name = gone ?? defined;
    const isKept = gone !== undefined || list !== undefined || !body.trim() || DOES_SOMETHING.test(body);
    const words = name === undefined ? [] : [...wordsIn(body), ...open.flatMap((each) => each.words)];
    const within = open.map(({ group }) => group);
    const isCall = list !== undefined;
    if (isKept) found.push({ line, within, words, isCall, ...(name !== undefined && { name }) });
    if (condition === "endif") open.pop();
  }
  return found;
}

const wordsIn = (text: string): readonly string[] => text.match(/[A-Za-z_]\w*/g) ?? [];

/** Names that ask for other names are followed so far. */
const MAX_ROUNDS = 8;

const LEAVES = /^(?:return|goto|break|continue)$/;

/**
 * Of headers, the macros that a text asks for, by others too, each within its `#if`s; of those with arguments the ones
 * that leave the function or come to a name that `matters`: one that prints would only make more paths.
 */
export function macrosFor(
  text: string,
  headers: readonly HeaderMacros[],
  matters: (name: string) => boolean,
): string {
  const wanted = new Set(wordsIn(text));
  const macros = headers.flat().filter(({ name }) => name !== undefined);
  for (let round = 0, before = -1; round < MAX_ROUNDS && before !== wanted.size; round++) {
    before = wanted.size;
    for (const { name = "", words } of macros)
      if (wanted.has(name)) for (const each of words) wanted.add(each);
  }
  const doing = doingIn(macros, matters);
  const isWanted = ({ name = "", isCall }: Directive) => wanted.has(name) && (!isCall || doing.has(name));
  return headers.map((each) => selected(each, isWanted)).join("");
}

function doingIn(macros: HeaderMacros, matters: (name: string) => boolean): ReadonlySet<string> {
  const doing = new Set<string>();
  for (let round = 0, before = -1; round < MAX_ROUNDS && before !== doing.size; round++) {
    before = doing.size;
    for (const { name = "", words } of macros)
      if (words.some((each) => doing.has(each) || LEAVES.test(each) || matters(each))) doing.add(name);
  }
  return doing;
}

function selected(header: HeaderMacros, isWanted: (each: Directive) => boolean): string {
  const groups = new Set(header.filter(isWanted).flatMap(({ within }) => within));
  const kept = header.filter((each) =>
    each.name === undefined ? groups.has(each.within.at(-1) ?? -1) : isWanted(each),
  );
  return kept.map(({ line }) => `${line}\n`).join("");
}
