import { UNKNOWN_BLOCK, UNKNOWN_CONDITION } from "./nesting.ts";
import { blanked, inserted, isBlank, type ScanLine } from "./scan.ts";

/**
 * Makes a segment's first and last statement whole: what is left of a statement that began before it, or
 * that goes on behind it, is left out, and #if lines without their partner are.
 */
export function repairEdges(lines: readonly ScanLine[]): readonly ScanLine[] {
  return cutTail(cutHead(pairConditionals(lines)));
}

/**
 * What comes first behind a gap may be the body of a hidden `if`: a jump must be, or nothing behind it
 * could be reached, and so must a statement that an `else` follows.
 */
export function freeFirstStatement(lines: readonly ScanLine[]): readonly ScanLine[] {
  const first = lines.findIndex((line) => !isBlank(line) && !line.code.trim().startsWith("#"));
  const jumps = /^\s*(return|continue|break|goto)\b/.test(lines[first]?.code ?? "");
  if (!jumps && !elseFollows(lines, first)) return lines;
  return [...lines.slice(0, first), inserted(`if (${UNKNOWN_CONDITION})`), ...lines.slice(first)];
}

function elseFollows(lines: readonly ScanLine[], first: number): boolean {
  const end = lines.findIndex((line, at) => at >= first && /[;{}]/.test(line.code));
  if (first < 0 || !/;\s*$/.test(lines[end]?.code ?? "")) return false;
  const next = lines.slice(end + 1).find((line) => !isBlank(line));
  return /^\s*else\b/.test(next?.code ?? "");
}

function pairConditionals(lines: readonly ScanLine[]): readonly ScanLine[] {
  const unpaired = new Set<number>();
  const open: number[][] = [];
  lines.forEach(({ code }, at) => {
    const directive = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b/.exec(code)?.[1];
    if (directive === undefined) return;
    if (directive.startsWith("if")) open.push([at]);
    else if (open.length === 0) unpaired.add(at);
    else if (directive === "endif") open.pop();
    else open.at(-1)?.push(at);
  });
  for (const at of open.flat()) unpaired.add(at);
  return lines.map((line, at) => (unpaired.has(at) ? blanked(line) : line));
}

/** Leaves out lines up to where the parentheses that were opened before the segment are closed. */
function cutHead(lines: readonly ScanLine[]): readonly ScanLine[] {
  const end = lowestParenthesis(lines);
  const cut = lines.map((line, at) => {
    if (end === undefined || at > end.line) return line;
    return at < end.line ? blanked(line) : keepBlock(afterColumn(line, end.column));
  });
  const first = cut.findIndex((line) => !isBlank(line));
  const code = cut[first]?.code.trim() ?? "";
  const dangling = end ? !/^[{;]/.test(code) : /^(?:=(?!=)|[,?:|<>/%^.]|&&|\+(?!\+)|->)/.test(code);
  if (!dangling) return cut;
  const stop = cut.findIndex((line, at) => at >= first && /[;{}]\s*$/.test(line.code));
  return cut.map((line, at) =>
    at >= first && at <= (stop < 0 ? cut.length : stop) ? keepBrace(line) : line,
  );
}

const BLOCK = `${UNKNOWN_BLOCK} {`;

/** An opening brace at the end of a dropped head still opens a block. */
const keepBrace = (line: ScanLine): ScanLine =>
  line.code.trim().endsWith("{") ? { ...line, text: BLOCK, code: BLOCK } : blanked(line);

const keepBlock = (line: ScanLine): ScanLine => (line.code.trim() === "{" ? keepBrace(line) : line);

const afterColumn = (line: ScanLine, column: number): ScanLine => {
  const keep = (text: string) => " ".repeat(column) + text.slice(column);
  return { ...line, text: keep(line.text), code: keep(line.code) };
};

function lowestParenthesis(lines: readonly ScanLine[]): { line: number; column: number } | undefined {
  let depth = 0;
  let lowest = 0;
  let found: { line: number; column: number } | undefined;
  lines.forEach(({ code }, line) => {
    [...code].forEach((character, column) => {
      if (character === "(") depth++;
      if (character === ")" && --depth < lowest) {
        lowest = depth;
        found = { line, column: column + 1 };
      }
    });
  });
  return found;
}

/** Leaves out a last statement whose end is hidden; gives a last `if (...)` or `else` an empty body. */
function cutTail(lines: readonly ScanLine[]): readonly ScanLine[] {
  const last = lines.findLastIndex((line) => !isBlank(line) && !line.code.trim().startsWith("#"));
  const code = lines[last]?.code.trim() ?? "";
  if (last < 0 || /[;{}:]$/.test(code)) return lines;
  if (/^(\}\s*)?else$/.test(code)) return [...lines, inserted(";")];
  const start = statementStart(lines, last);
  const text = lines
    .slice(start, last + 1)
    .map((line) => line.code)
    .join(" ");
  const whole = balancedParentheses(text);
  const controls = /^\s*(\}\s*)?(else\s+)?(if|for|while|switch)\b/.test(text) || /^\s*\w+\s*\(/.test(text);
  if (whole && controls) return [...lines, inserted(";")];
  return lines.map((line, at) => (at >= start && at <= last ? keepCloser(line) : line));
}

/** `} else if (a &&` closes a block, whatever its condition. */
const keepCloser = (line: ScanLine): ScanLine =>
  /^\s*\}/.test(line.code) ? { ...line, text: "}", code: "}" } : blanked(line);

function statementStart(lines: readonly ScanLine[], last: number): number {
  let start = last;
  while (start > 0) {
    const above = lines[start - 1]?.code.trim() ?? "";
    if (/[;{}:]$/.test(above) || above.startsWith("#")) break;
    start--;
  }
  while (start < last && isBlank(lines[start] ?? inserted(""))) start++;
  return start;
}

function balancedParentheses(text: string): boolean {
  let depth = 0;
  for (const character of text) depth += character === "(" ? 1 : character === ")" ? -1 : 0;
  return depth === 0;
}
