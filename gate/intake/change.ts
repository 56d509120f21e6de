import type { Tree } from "../../tree/tree.ts";
import type { Diff, InputLine } from "../diff/diff.ts";
import type { Comment } from "./quote.ts";
import type { SeriesPlace } from "./series.ts";

/** One patch: its diff, and where it comes from. */
export interface Change {
  /** What a person calls it: the subject, or the commit. */
  readonly label: string;
  readonly subject?: string;
  readonly from?: string;
  readonly date?: string;
  readonly messageId?: string;
  /** Who else the mail went to. */
  readonly recipients?: string;
  readonly commit?: string;
  /** Of a mail: which part of its series it is. */
  readonly place?: SeriesPlace;
  readonly diff: Diff;
  /** How deep the diff is quoted in a mail: 0 where it is the mail's own. */
  readonly depth: number;
  /** What the sender of a quoting mail says between the lines. */
  readonly comments: readonly Comment[];
  /** It is a whole range of commits, which are changes of their own before it. */
  readonly isWholeRange?: true;
  /** What it applies to, where it brings that along: a commit's parent. */
  readonly tree?: Tree;
  /** The lines that the diff's `input` numbers name. */
  readonly lines: readonly InputLine[];
}

/** What was read: patches in the order in which they apply, and what a reader should know of the choice. */
export interface ChangeSet {
  readonly name: string;
  readonly changes: readonly Change[];
  readonly baseCommit?: string;
  /** What was taken: versions, Message-Ids, depth of the quote. */
  readonly notes: readonly string[];
  /** What of the change could not be read; each keeps the verdict from being `holds`. */
  readonly bounds: readonly string[];
}
