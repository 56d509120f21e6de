import type { Verdict } from "../checker/result.ts";
import type { CheckResult } from "../functions/check.ts";
import type { Cause } from "./compare/identity.ts";
import type { Change } from "./intake/change.ts";
import type { PlacedFinding } from "./judge/place.ts";

const HUNKS_ALONE = "only the hunks were seen: exit balance was not judged";

/** The bound of a change that no tree was seen of, or that does not apply to it. */
export const hunksAlone = (hasTree: boolean): string =>
  hasTree ? HUNKS_ALONE : `${HUNKS_ALONE} (--tree DIR shows whole functions)`;

export const sawHunksAlone = ({ bounds }: Pick<GateResult, "bounds">): boolean =>
  bounds.some((bound) => bound.startsWith(HUNKS_ALONE));

/** What the gate says of a change, as plain data. */
export interface GateResult {
  /** `error` where a patch does not apply: nothing is said of it. */
  readonly verdict: Verdict;
  /** Why patches do not apply, file by file. */
  readonly refused: readonly string[];
  readonly new: readonly GateFinding[];
  readonly fixed: readonly GateFinding[];
  readonly old: readonly GateFinding[];
  readonly functions: CheckResult["functions"];
  readonly assumed: readonly string[];
  /** What kept the verdict from being `holds`; empty where it is. */
  readonly bounds: readonly string[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  /** The commit that the change applies to, where it is known. */
  readonly baseCommit: string | undefined;
  /** Of each changed function with an #if: the readings of it that were checked. */
  readonly conditionals: readonly string[];
  /** What is said of each patch by itself, in order. */
  readonly patches: readonly PatchResult[];
  /** The patches as they were read, for formats that quote them. */
  readonly changes: readonly Change[];
}

export interface PatchResult {
  readonly label: string;
  readonly messageId?: string;
  readonly commit?: string;
  readonly verdict: Verdict;
  readonly new: number;
  readonly fixed: number;
  /** What of it could not be seen, in words: its own, and what holds of the whole series. */
  readonly bounds: readonly string[];
}

export interface GateFinding extends PlacedFinding {
  /** Short name of its identity: the same in every report that has this finding. */
  readonly digest: string;
  /** Position in `changes` of the patch that makes or mends it. */
  readonly patch: number;
  /** Where the change makes it: the line that a reader should look at first. */
  readonly guilty?: Guilty;
  /** Other rules that the same mistake goes on to violate. */
  readonly alsoViolates: readonly string[];
  /** The changed function that the finding's own calls, and that is to blame. */
  readonly because?: Cause;
  /** What the same mistake leads to in other functions, which call the one that is to blame. */
  readonly consequences: readonly Consequence[];
}

export type Consequence = Omit<GateFinding, "consequences">;

/** The changed statement behind a finding, by lines of the input. */
export interface Guilty {
  /** First and last line of the statement. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}
