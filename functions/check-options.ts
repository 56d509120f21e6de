import type { BackEndName } from "../checker/search-options.ts";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import type { Finding } from "./finding.ts";
import type { Suppressed } from "./result.ts";

/** C text to check: a file, or what a patch shows of one. */
export interface SourceText {
  /** As findings name it. */
  readonly file: string;
  readonly text: string;
}

export interface CheckOptions {
  /** Only these functions; all where absent. */
  readonly functions?: readonly string[];
  /** Report exits that leave locks differently, and what else is no more than a hint. */
  readonly audit?: boolean;
  /** Only parts of the functions are there: how they leave their locks cannot be told. */
  readonly partial?: boolean;
  /** What is known of calls; the table of primitives where absent. */
  readonly knowledge?: Knowledge;
  /** The directives of the headers that the source includes, as far as they were read. */
  readonly headers?: string;
  /** What other files show of the source: hints, asked for with `audit`. */
  readonly hints?: () => Promise<readonly Finding[]>;
  /** Findings that are not to be reported. */
  readonly suppress?: readonly Suppressed[];
  /** More states than any function of a kernel should need. */
  readonly maxStates?: number;
  /** Keep the programs that are built, to be shown. */
  readonly keepPrograms?: boolean;
  /** Keep how functions leave their locks, to be compared; it takes holding on to all that was built. */
  readonly keepExits?: boolean;
  /** Keep with each finding what it was read off, to be explained; it takes holding on to its program. */
  readonly keepEvidence?: boolean;
  /** Tell which findings show the same mistake (functions/mistakes.ts). */
  readonly causes?: boolean;
  readonly backEnd?: BackEndName;
  /** Tell the classes of paths that lead to each hard finding, to be compared. */
  readonly origins?: boolean;
  /** Whether calls whose effect on locks is unknown are bounds, or only listed apart; bounds where absent. */
  readonly unknownLocks?: "bounds" | "listed";
  /** Take calls of which nothing is known for what their names say: right often enough to compare, not to report. */
  readonly locksByName?: boolean;
}
