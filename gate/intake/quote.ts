import type { InputLine } from "../diff/diff.ts";
import { isHunkHeading } from "../diff/hunk.ts";

/** How deep a line is quoted, and what stands behind the marks. */
export interface QuotedLine extends InputLine {
  readonly depth: number;
}

/** The lines at one depth of a mail, and what the writer put between them. */
export interface Quote {
  readonly depth: number;
  readonly lines: readonly InputLine[];
  readonly comments: readonly Comment[];
}

/** A reply between quoted lines: `after` is the input line of the quoted line it follows. */
export interface Comment {
  readonly after: number;
  readonly lines: readonly InputLine[];
}

const MARKS = /^(?:> ?)*>/;

/** Takes the marks `>`, `> >`, `>>` off a line, with the one blank that follows them. */
export function readQuoted({ number, text }: InputLine): QuotedLine {
  const marks = MARKS.exec(text)?.[0];
  if (marks === undefined) return { number, depth: 0, text };
  const rest = text.slice(marks.length);
  const depth = marks.replaceAll(" ", "").length;
  return { number, depth, text: rest.startsWith(" ") ? rest.slice(1) : rest };
}

/** Finds the depth at which the text holds a diff: the one with most hunks, the least such; undefined if none. */
export function diffDepth(lines: readonly QuotedLine[]): number | undefined {
  const hunks = new Map<number, number>();
  for (const { depth, text } of lines) {
    if (isHunkHeading(text)) hunks.set(depth, (hunks.get(depth) ?? 0) + 1);
  }
  return [...hunks].sort(([depth, count], [other, more]) => more - count || depth - other)[0]?.[0];
}

/** The lines at a depth, with what stands between them as comments. */
export function quoteAt(depth: number, lines: readonly QuotedLine[]): Quote {
  const quoted: InputLine[] = [];
  const comments: { after: number; lines: InputLine[] }[] = [];
  for (const { number, depth: own, text } of lines) {
    if (own === depth) {
      quoted.push({ number, text });
      continue;
    }
    const after = quoted.at(-1)?.number ?? 0;
    const last = comments.at(-1);
    if (last?.after === after) last.lines.push({ number, text });
    else comments.push({ after, lines: [{ number, text }] });
  }
  return { depth, lines: quoted, comments: comments.filter((each) => each.lines.some(hasText)) };
}

const hasText = ({ text }: InputLine): boolean => text.trim() !== "";

export function toLines(text: string): readonly InputLine[] {
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines.map((each, index) => ({ number: index + 1, text: each }));
}
