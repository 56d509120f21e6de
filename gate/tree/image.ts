import { type FileDiff, lineOn, onSide, type Side } from "../diff/diff.ts";
import { functionRanges } from "../rebuild/ranges.ts";
import type { Image, Origin } from "../rebuild/rebuild.ts";
import { blankComments } from "../rebuild/scan.ts";

/** The image of a whole file: each of its lines is known, and those in a hunk know their line of the input. */
export function wholeImage(file: FileDiff, side: Side, text: string): Image | undefined {
  const path = side === "before" ? file.before : file.after;
  if (path === undefined) return undefined;
  const shown = new Map<number, { input: number; added: boolean }>();
  for (const line of file.hunks.flatMap(({ lines }) => lines)) {
    const number = onSide(side, line) ? lineOn(side, line) : undefined;
    if (number !== undefined) shown.set(number, { input: line.input, added: line.kind === "added" });
  }
  const origins = text.split("\n").map((each, index): Origin => {
    const { input, added } = shown.get(index + 1) ?? {};
    return { line: index + 1, text: each, ...(input !== undefined && { input }), ...(added && { added }) };
  });
  const changed = changedFunctions(file, side, text);
  return { file: path, side, text, origins, changed, partial: false, collapsed: false };
}

/** A file that the change does not touch. */
export function untouchedImage(path: string, text: string): Image {
  const origins = text.split("\n").map((each, index): Origin => ({ line: index + 1, text: each }));
  return { file: path, side: "after", text, origins, changed: [], partial: false, collapsed: false };
}

/** Functions with a changed line of code, or from which one was taken away or, on the side before, added. */
function changedFunctions(file: FileDiff, side: Side, text: string): readonly string[] {
  const code = blankComments(text).split("\n");
  const lines = file.hunks.flatMap((hunk) => {
    let near = side === "before" ? hunk.oldStart : hunk.newStart;
    return hunk.lines.flatMap((line) => {
      const number = onSide(side, line) ? lineOn(side, line) : undefined;
      if (number !== undefined) near = number;
      if (line.kind === "context" || line.text.trim() === "") return [];
      return number !== undefined && code[number - 1]?.trim() === "" ? [] : [near];
    });
  });
  const ranges = functionRanges(text);
  return ranges
    .filter(({ from, to }) => lines.some((line) => from <= line && line <= to))
    .map(({ name }) => name);
}
