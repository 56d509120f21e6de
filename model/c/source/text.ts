import { blankSplices, joinTokens, SPLICE } from "./splice.ts";

/** A directive with the lines that it goes on in. */
export const DIRECTIVE = /^[ \t]*#(?:\\\r?\n|[^\n])*/gm;

/** Comments, and strings and character constants. */
const OPAQUE =
  /\/\*[\s\S]*?(?:\*\/|$(?![\s\S]))|\/\/(?:\\\r?\n|[^\n])*|"[^"\\\n]*(?:\\(?:\r\n|[\s\S])[^"\\\n]*)*"|'[^'\\\n]*(?:\\(?:\r\n|[\s\S])[^'\\\n]*)*'/g;
/** Other spellings of braces, brackets and `#` (C11 6.4.6). */
const DIGRAPHS: Readonly<Record<string, string>> = {
  "<%": "{ ",
  "%>": " }",
  "<:": "[ ",
  ":>": " ]",
  "%:": "# ",
};

/** The mark that a rebuilt fragment carries where lines of the function are not known. */
export const GAP = /\/\*\s*holdfast: gap\s*\*\//;
/** What a gap mark becomes: a call that no source can contain, of at most the mark's length. */
export const GAP_CALLEE = "__holdfast_gap";
export const GAP_CALL = `${GAP_CALLEE}();`;

/**
 * The text with comments blanked, and of the insides of literals all but their words, by which one is told
 * from another. Same length, same line breaks: every position stays true.
 */
export function blankOpaque(text: string): string {
  const isSpliced = SPLICE.test(text);
  const opaque = blankLiterals(isSpliced ? joinTokens(text) : text);
  const plain = isSpliced ? blankSplices(opaque) : opaque;
  return /<[%:]|%[>:]|:>/.test(plain)
    ? plain.replace(/<[%:]|%[>:]|:>/g, (each) => DIGRAPHS[each] ?? each)
    : plain;
}

function blankLiterals(text: string): string {
  return text.replace(OPAQUE, (match) => {
    if (match[0] !== "/") return match[0] + match.slice(1, -1).replace(/[^\w\n]/g, " ") + match[0];
    const gap = GAP.test(match) && !match.slice(0, GAP_CALL.length).includes("\n");
    return gap ? GAP_CALL + blank(match.slice(GAP_CALL.length)) : blankComment(match);
  });
}

/** The offset of the parenthesis that closes one opened just before `from`, whatever stands within; -1 for none before `to`. */
export function parenthesisEnd(text: string, from: number, to = text.length): number {
  let depth = 1;
  for (let at = from; at < text.length && at < to; at++) {
    if (text[at] === "(") depth++;
    else if (text[at] === ")" && --depth === 0) return at;
  }
  return -1;
}

/** Within a macro's definition the lines go on behind a comment. */
const blankComment = (text: string): string =>
  text.startsWith("/*") && text.includes("\\")
    ? text.replace(/\\\r?\n|[^\n]/g, (each) => (each.length > 1 ? each : " "))
    : blank(text);

/** Spaces of the same length; line breaks stay. */
export function blank(text: string): string {
  return text.includes("\n") ? text.replace(/[^\n]/g, " ") : " ".repeat(text.length);
}

/** Tells the line (from 1) of an offset. */
export interface Lines {
  lineAt(offset: number): number;
  /** The trimmed text of a line; empty beyond the end. */
  textOf(line: number): string;
}

export function linesOf(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return {
    lineAt: (offset) => lastNotAbove(starts, offset) + 1,
    textOf: (line) => text.slice(starts[line - 1] ?? text.length, starts[line] ?? text.length).trim(),
  };
}

function lastNotAbove(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= value) low = middle;
    else high = middle - 1;
  }
  return low;
}
