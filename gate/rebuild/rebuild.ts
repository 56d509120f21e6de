import { functionRanges } from "../../model/c/source/index.ts";
import { type DiffLine, type FileDiff, lineOn, type Side } from "../diff/diff.ts";
import { GAP, joinSegments } from "./blocks.ts";
import { freeFirstStatement, repairEdges } from "./edges.ts";
import { inserted, isBlank, type ScanLine } from "./scan.ts";
import { type FunctionFragment, functionsOf, UNNAMED } from "./segment.ts";

/** C text of one file on one side of a change, with the place each line comes from. */
export interface Image {
  readonly file: string;
  readonly side: Side;
  readonly text: string;
  /** By line of the text, from 0. */
  readonly origins: readonly (Origin | undefined)[];
  /** Functions in which the patch changes a line. */
  readonly changed: readonly string[];
  /** True where only what a patch shows could be read. */
  readonly partial: boolean;
  /** True where white space, and with it indentation, is lost. */
  readonly collapsed: boolean;
  /** The file is not in the change, but in another part of a larger one. */
  readonly isOfAnotherPart?: true;
}

/** Where a line of an image stands in the file, and, where the patch shows it, in the input. */
export interface Origin {
  readonly line?: number;
  readonly input?: number;
  /** The patch adds the line, or, on the side before, removes it. */
  readonly changed?: boolean;
  readonly text: string;
}

/** Rebuilds the functions that a patch shows parts of; undefined where it shows none on that side. */
export function rebuild(file: FileDiff, side: Side, collapsed: boolean): Image | undefined {
  const path = side === "before" ? file.before : file.after;
  if (path === undefined) return undefined;
  const lines = functionsOf(file, side, collapsed).flatMap((each) => functionLines(each, collapsed));
  const text = lines.map((line) => `${line.text}\n`).join("");
  return {
    file: path,
    side,
    text,
    origins: lines.map((line) => line.origin && originOf(line.origin, side, line.text)),
    changed: changedFunctions(text, lines),
    partial: true,
    collapsed,
  };
}

function originOf(line: DiffLine, side: Side, text: string): Origin {
  const number = lineOn(side, line);
  const changed = line.kind === "context" ? {} : { changed: true };
  return { ...(number !== undefined && { line: number }), input: line.input, text, ...changed };
}

function functionLines(each: FunctionFragment, collapsed: boolean): readonly ScanLine[] {
  if (each.head.length === 0) return each.segments.flatMap(({ lines }) => lines);
  const segments = each.segments.map((segment) => {
    const lines = repairEdges(segment.lines);
    return { ...segment, lines: segment.joined ? lines : freeFirstStatement(lines) };
  });
  return [...each.head, inserted("{"), ...joinSegments(segments, collapsed), inserted("")];
}

function changedFunctions(text: string, lines: readonly ScanLine[]): readonly string[] {
  const changed = (line: ScanLine) =>
    !isBlank(line) && line.origin !== undefined && line.origin.kind !== "context";
  const within = functionRanges(text).filter(({ from, to }) => lines.slice(from - 1, to).some(changed));
  return within.map(({ name }) => name);
}

export { GAP, UNNAMED };
