import { InputError } from "../../model/input-error.ts";
import type { DiffLine, Hunk, InputLine } from "./diff.ts";

const HEADING = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@(.*)$/;
/** More lines than any patch that a person sends; a count beyond it is a mistake or an attack. */
const MAX_LINES = 1_000_000;

export const isHunkHeading = (text: string): boolean => HEADING.test(text);

type Heading = Omit<Hunk, "lines" | "missing" | "surplus">;

interface HunkReading {
  readonly hunk: Hunk;
  /** Index of the first line after the hunk. */
  readonly next: number;
}

/** What a marker-less line is: in collapsed text a context line, elsewhere the end of what can be read. */
interface HunkStyle {
  readonly collapsed: boolean;
  /** Lines that are context whatever they begin with. */
  readonly context?: ReadonlySet<InputLine>;
}

/** Reads the hunk whose heading is at `start`; reads on until its counts are met or the diff ends. */
export function readHunk(lines: readonly InputLine[], start: number, style: HunkStyle): HunkReading {
  const heading = headingAt(lines, start);
  const found: Omit<DiffLine, "oldLine" | "newLine">[] = [];
  let old = heading.oldCount;
  let fresh = heading.newCount;
  let next = start + 1;
  for (; old > 0 || fresh > 0; next++) {
    const line = lines[next];
    if (!line || endsHunk(lines, next)) break;
    const read = style.context?.has(line) ? contextLine(line) : diffLine(line, style);
    if (read === "no-newline") {
      markUnterminated(found);
      continue;
    }
    if (!read || (read.kind !== "added" && old === 0) || (read.kind !== "removed" && fresh === 0)) break;
    if (read.kind !== "added") old--;
    if (read.kind !== "removed") fresh--;
    found.push(read);
  }
  if (lines[next]?.text.startsWith("\\ ")) markUnterminated(found);
  const surplus = goesOn(lines, next, style);
  const missing = Math.max(old, fresh);
  return { hunk: { ...heading, lines: numbered(found, heading), missing, surplus }, next };
}

/** Whether changed lines follow, at once or behind context: more than was counted, or a hunk without its heading. */
function goesOn(lines: readonly InputLine[], from: number, { collapsed }: HunkStyle): boolean {
  let at = from;
  while (!collapsed && /^ [ \t]*\S/.test(lines[at]?.text ?? "")) at++;
  const text = lines[at]?.text ?? "";
  return /^[-+]/.test(text) && !/^(--\s*$|--- |\+\+\+ )/.test(text);
}

function markUnterminated(found: Omit<DiffLine, "oldLine" | "newLine">[]): void {
  const last = found.pop();
  if (last) found.push({ ...last, unterminated: true });
}

function headingAt(lines: readonly InputLine[], start: number): Heading {
  const line = lines[start];
  const match = line && HEADING.exec(line.text);
  if (!match) throw new InputError(`line ${line?.number ?? start}: expected a hunk heading @@ -a,b +c,d @@`);
  const [oldStart, oldCount, newStart, newCount] = match.slice(1, 5).map((each) => Number(each ?? 1));
  const counts = { oldStart: oldStart ?? 0, oldCount: oldCount ?? 1 };
  const hunk = {
    ...counts,
    newStart: newStart ?? 0,
    newCount: newCount ?? 1,
    section: (match[5] ?? "").trim(),
  };
  if (Math.max(hunk.oldCount, hunk.newCount) > MAX_LINES) {
    throw new InputError(`line ${line.number}: a hunk of more than ${MAX_LINES} lines`);
  }
  return { input: line.number, ...hunk };
}

/** What git puts below a signature's mark. */
const GIT_VERSION = /^\d+\.\d+[\w.-]*\s*$/;

/** The headers of the next file or hunk, or a mail's signature; `--- x`, `+++ y` alone may be lines that a hunk removes and adds. */
function endsHunk(lines: readonly InputLine[], at: number): boolean {
  const [text, next, third] = [0, 1, 2].map((offset) => lines[at + offset]?.text ?? "");
  if (text === undefined || isHunkHeading(text) || text.startsWith("diff --git ")) return true;
  if (text.trimEnd() === "--" && GIT_VERSION.test(next ?? "")) return true;
  return text.startsWith("--- ") && (next?.startsWith("+++ ") ?? false) && isHunkHeading(third ?? "");
}

const contextLine = ({ number: input, text }: InputLine): DiffLine => ({ kind: "context", text, input });

function diffLine(
  { number: input, text }: InputLine,
  { collapsed }: HunkStyle,
): DiffLine | "no-newline" | undefined {
  const rest = text.slice(1);
  switch (text[0]) {
    case "+":
      return { kind: "added", text: rest, input };
    case "-":
      return { kind: "removed", text: rest, input };
    case " ":
      return { kind: "context", text: rest, input };
    case "\\":
      return "no-newline";
    case undefined:
      return { kind: "context", text: "", input };
    default:
      return collapsed ? { kind: "context", text, input } : undefined;
  }
}

function numbered(lines: readonly DiffLine[], heading: Heading): readonly DiffLine[] {
  let old = heading.oldStart;
  let fresh = heading.newStart;
  return lines.map((line) => ({
    ...line,
    ...(line.kind !== "added" && { oldLine: old++ }),
    ...(line.kind !== "removed" && { newLine: fresh++ }),
  }));
}

/** A line that may go on with the expression of the line before it. */
const OPERATOR = /^[-+] ?[\w(*&]/;
const OPERAND = /[\w)\]"']\s*$/;
/** With more, the counts alone don't tell which they are. */
const MAX_CANDIDATES = 12;

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
  if (candidates.length > MAX_CANDIDATES) return plain;
  const readings = candidates
    .map((line) => readHunk(lines, start, { collapsed: true, context: new Set([line]) }))
    .filter(isExact);
  const [only, ...others] = readings;
  return only && others.length === 0 ? only : plain;
}

const isExact = ({ hunk }: HunkReading): boolean => hunk.missing === 0 && !hunk.surplus;
