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
