import type { InputLine } from "./diff.ts";
import { type HunkReading, readHunk } from "./hunk.ts";

/** A line that may go on with the expression of the line before it. */
const OPERATOR = /^[-+] ?[\w(*&]/;
const OPERAND = /[\w)\]"']\s*$/;
/** With more, the counts alone don't tell which they are. */
const MOST_CANDIDATES = 12;

/**
 * Reads a hunk of collapsed text. There a context line that begins with `+` or `-`, its own mark lost, looks
 * like an added or removed one: where the counts don't fit, it is the one line that makes them fit.
 */
export function readCollapsedHunk(lines: readonly InputLine[], start: number): HunkReading {
  const plain = readHunk(lines, start, { collapsed: true });
  if (isExact(plain)) return plain;
  const candidates = lines.slice(start + 1, plain.next).filter((line, at, all) => {
    const previous = at === 0 ? "" : (all[at - 1]?.text ?? "");
    return OPERATOR.test(line.text) && OPERAND.test(previous);
  });
  if (candidates.length > MOST_CANDIDATES) return plain;
  const readings = candidates
    .map((line) => readHunk(lines, start, { collapsed: true, context: new Set([line]) }))
    .filter(isExact);
  const [only, ...others] = readings;
  return only && others.length === 0 ? only : plain;
}

const isExact = ({ hunk }: HunkReading): boolean => hunk.missing === 0 && !hunk.surplus;
