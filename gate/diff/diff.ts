/** A patch as data. Line numbers count from 1; `input` numbers the lines of the text that it was read from. */
export interface Diff {
  readonly files: readonly FileDiff[];
  /** True where white space was collapsed, as list archives do: indentation and markers may be lost. */
  readonly collapsed: boolean;
  /** Input lines of hunk headings that no file's header is above. */
  readonly orphans: readonly number[];
  /** What of the input is too large to be read, as bounds. */
  readonly unread: readonly string[];
}

export interface FileDiff {
  /** Path before the change, relative to the tree; absent for a file that the patch creates. */
  readonly before?: string;
  /** Path after the change; absent for a file that the patch deletes. */
  readonly after?: string;
  readonly hunks: readonly Hunk[];
  readonly binary: boolean;
  /** The first line of the file's header. */
  readonly input: number;
  /** The header says that there are hunks, and none follows. */
  readonly lacksHunks?: true;
}

export interface Hunk {
  readonly input: number;
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What follows the second `@@`: by convention the head of the function the hunk starts in. */
  readonly section: string;
  readonly lines: readonly DiffLine[];
  /** How many lines its counts promise beyond those that the input has. */
  readonly missing: number;
  /** Marked lines follow that its counts leave no room for. */
  readonly surplus: boolean;
}

export interface DiffLine {
  readonly kind: "context" | "added" | "removed";
  /** Without the marker. */
  readonly text: string;
  readonly input: number;
  readonly oldLine?: number;
  readonly newLine?: number;
  /** The file ends here, without a line break. */
  readonly unterminated?: boolean;
}

export type Side = "before" | "after";

export const SIDES: readonly Side[] = ["before", "after"];

export const otherSide = (side: Side): Side => (side === "before" ? "after" : "before");

/** A line of the text that a diff is read from. */
export interface InputLine {
  readonly number: number;
  readonly text: string;
  /** The rest of the line is left out, or all lines from here on. */
  readonly cut?: "line" | "input";
}

export function onSide(side: Side, line: DiffLine): boolean {
  return line.kind === "context" || line.kind === (side === "before" ? "removed" : "added");
}

/** The line's number in the file as it is on that side. */
export function lineOn(side: Side, line: DiffLine): number | undefined {
  return side === "before" ? line.oldLine : line.newLine;
}
