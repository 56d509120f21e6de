import { balance } from "./end.ts";
import { functionHeads } from "./head.ts";
import { blankComments, type ScanLine } from "./scan.ts";

/** A function in a text: lines from 0, its closing brace's included. */
export interface FunctionRange {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The functions of C text. `collapsed` says that indentation is lost, so that braces must be counted. */
export function functionRanges(text: string, collapsed: boolean): readonly FunctionRange[] {
  const texts = text.split("\n");
  const code = blankComments(text).split("\n");
  const lines: readonly ScanLine[] = texts.map((each, at) => ({ text: each, code: code[at] ?? "" }));
  const ranges: FunctionRange[] = [];
  for (const { name, start, open } of functionHeads(lines, collapsed)) {
    if (start <= (ranges.at(-1)?.end ?? -1)) continue;
    ranges.push({ name, start, end: closingLine(lines, open, collapsed) });
  }
  return ranges;
}

function closingLine(lines: readonly ScanLine[], open: number, collapsed: boolean): number {
  let depth = 0;
  for (let at = open; at < lines.length; at++) {
    const code = lines[at]?.code ?? "";
    depth += balance(code);
    // By the kernel's style; counting goes wrong where #if arms each open a block.
    if (collapsed || at === open ? depth <= 0 : code.startsWith("}")) return at;
  }
  return lines.length - 1;
}

export function rangeAt(ranges: readonly FunctionRange[], line: number): FunctionRange | undefined {
  return ranges.find(({ start, end }) => start <= line && line <= end);
}

export const textOf = (text: string, { start, end }: FunctionRange): string =>
  text
    .split("\n")
    .slice(start, end + 1)
    .join("\n");
