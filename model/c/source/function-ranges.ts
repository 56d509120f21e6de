import { ofRecent } from "./recent.ts";
import { scanFunctions } from "./scan.ts";
import { blankOpaque, linesOf } from "./text.ts";

/** A function in a text: lines from 1, its head's first and its closing brace's included. */
export interface FunctionRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export const functionRanges = ofRecent(16, (text): readonly FunctionRange[] => {
  const { lineAt } = linesOf(text);
  return scanFunctions(blankOpaque(text)).map(({ name, start, bodyEnd }) => ({
    name,
    from: lineAt(start),
    to: lineAt(bodyEnd - 1),
    text: text.slice(start, bodyEnd),
  }));
});

const byName = ofRecent(16, (text) => {
  const ranges = new Map<string, FunctionRange[]>();
  for (const each of functionRanges(text)) ranges.set(each.name, [...(ranges.get(each.name) ?? []), each]);
  return ranges;
});

/** The functions of a text that have a name: several where `#if` or damage leaves more than one. */
export const rangesNamed = (text: string, name: string): readonly FunctionRange[] =>
  byName(text).get(name) ?? [];
