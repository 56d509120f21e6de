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
export function readQuoted(line: InputLine): QuotedLine {
  const { text } = line;
  const marks = MARKS.exec(text)?.[0];
  if (marks === undefined) return { ...line, depth: 0 };
  const rest = text.slice(marks.length);
  const depth = marks.replaceAll(" ", "").length;
  return { ...line, depth, text: rest.startsWith(" ") ? rest.slice(1) : rest };
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
  for (const { depth: own, ...line } of lines) {
    if (own === depth || line.cut === "input") {
      quoted.push(line);
      continue;
    }
    const after = quoted.at(-1)?.number ?? 0;
    const last = comments.at(-1);
    if (last?.after === after) last.lines.push(line);
    else comments.push({ after, lines: [line] });
  }
  return { depth, lines: quoted, comments: comments.filter((each) => each.lines.some(hasText)) };
}

const hasText = ({ text }: InputLine): boolean => text.trim() !== "";

/** In characters: longer lines are no code that anybody wrote. */
const MAX_LINE = 100_000;
/** No patch or mailbox that a person reads has more lines. */
export const MAX_LINES = 500_000;

/** The lines of a text, of which the first has the number `first`; at most so many, and then one that says so. */
export function toLines(text: string, first = 1, most = MAX_LINES): readonly InputLine[] {
  const lines: InputLine[] = [];
  for (let at = 0; at < text.length; ) {
    const number = first + lines.length;
    if (lines.length === most) {
      lines.push({ number, text: "", cut: "input" });
      break;
    }
    const found = text.indexOf("\n", at);
    const end = found < 0 ? text.length : found;
    const isLong = end - at > MAX_LINE;
    const stop = isLong ? at + MAX_LINE : end - (text[end - 1] === "\r" && found > at ? 1 : 0);
    lines.push({ number, text: text.slice(at, stop), ...(isLong && { cut: "line" }) });
    at = end + 1;
  }
  return lines;
}
