import type { DiffLine } from "../diff/diff.ts";

/** A line of a fragment: its text, and the same with comments, strings and characters blanked. */
export interface ScanLine {
  readonly text: string;
  readonly code: string;
  /** The patch line that it is; absent for one that the rebuilding put in. */
  readonly origin?: DiffLine;
}

export const inserted = (text: string): ScanLine => ({ text, code: text });
export const blanked = (line: ScanLine): ScanLine => ({ ...line, text: "", code: "" });
export const isBlank = ({ code }: ScanLine): boolean => code.trim() === "";

/** Scans a hunk's lines; a comment that begins before the hunk, or ends after it, is closed. */
export function scanLines(lines: readonly DiffLine[]): readonly ScanLine[] {
  const whole = closeComments(lines.map(({ text }) => text));
  const code = blankComments(whole.join("\n")).split("\n");
  return lines.map((origin, at) => ({ text: whole[at] ?? "", code: code[at] ?? "", origin }));
}

function closeComments(texts: readonly string[]): readonly string[] {
  const start = commentTail(texts);
  const opened = texts.map((text, at) => (at < start ? "" : text));
  if (start > 0 && start <= texts.length) opened[start - 1] = afterComment(texts[start - 1] ?? "");
  const last = opened.length - 1;
  if (endsInComment(opened.join("\n"))) opened[last] = `${opened[last] ?? ""} */`;
  return opened;
}

/** How many lines at the start belong to a comment that was opened before. */
function commentTail(texts: readonly string[]): number {
  const end = texts.findIndex((text) => text.includes("*/"));
  const open = texts.findIndex((text) => text.includes("/*"));
  const endFirst = end >= 0 && (open < 0 || open > end || closesFirst(texts[end] ?? "", open === end));
  if (endFirst) return end + 1;
  const starred = texts.findIndex((text) => !/^\s*\*(\s|$)/.test(text));
  return open < 0 ? (starred < 0 ? texts.length : starred) : 0;
}

const closesFirst = (text: string, sameLine: boolean): boolean =>
  sameLine && text.indexOf("*/") < text.indexOf("/*");

const afterComment = (text: string): string => text.slice(text.indexOf("*/") + 2 || text.length);

const TOKEN = /\/\*[\s\S]*?(?:\*\/|$)|\/\/(?:\\\r?\n|[^\n])*|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?/g;

/** The same length and the same lines, with blanks for what is no code. */
export function blankComments(text: string): string {
  return text.replace(TOKEN, (token) => token.replace(/[^\n]/g, " "));
}

function endsInComment(text: string): boolean {
  const last = [...text.matchAll(TOKEN)].at(-1)?.[0] ?? "";
  return last.startsWith("/*") && (!last.endsWith("*/") || last.length < 4) && text.endsWith(last);
}
