import type { Verdict } from "../checker/result.ts";
import type { FunctionReport } from "../functions/check.ts";
import type { Cause } from "./compare/identity.ts";
import type { Change } from "./intake/change.ts";
import type { PlacedFinding } from "./judge/place.ts";
import type { Provenance } from "./provenance.ts";

const HUNKS_ALONE = "only the hunks were seen: exit balance was not judged";

/** The bound of a change that no tree was seen of, or that does not apply to it. */
export const hunksAlone = (hasTree: boolean): string =>
  hasTree ? HUNKS_ALONE : `${HUNKS_ALONE} (--tree DIR shows whole functions)`;

export const sawHunksAlone = ({ bounds }: GateReport): boolean =>
  bounds.some((bound) => bound.startsWith(HUNKS_ALONE));

/** What the gate says of a change. Plain data, from which every output format is made. */
export interface GateReport {
  /** `error` where a patch does not apply: nothing is said of it. */
  readonly verdict: Verdict;
  /** Why patches do not apply, file by file. */
  readonly refused: readonly string[];
  readonly new: readonly GateFinding[];
  readonly fixed: readonly GateFinding[];
  readonly old: readonly GateFinding[];
  readonly functions: FunctionReport["functions"];
  readonly assumed: readonly string[];
  /** What kept the verdict from being `holds`; empty where it is. */
  readonly bounds: readonly string[];
  readonly notes: readonly string[];
  readonly warnings: readonly string[];
  readonly provenance: Provenance;
  /** What is said of each patch by itself, in order. */
  readonly patches: readonly PatchReport[];
  /** The patches as they were read, for formats that quote them. Left out of JSON. */
  readonly changes: readonly Change[];
}

export interface PatchReport {
  readonly label: string;
  readonly messageId?: string;
  readonly commit?: string;
  readonly verdict: Verdict;
  readonly new: number;
  readonly fixed: number;
  /** What of it could not be seen, in words: its own, and what holds of the whole series. */
  readonly bounds: readonly string[];
}

/** All that keeps a verdict from being `holds`, in words. */
export const reservations = ({
  refused,
  bounds,
  functions,
}: Pick<GateReport, "refused" | "bounds" | "functions">): readonly string[] => [
  ...refused,
  ...bounds,
  ...functions.skipped.map((each) => `${each.function}() was not modelled: ${each.reason}`),
  ...functions.capped.map((each) => `${each.function}() was not searched to its end: ${each.reason}`),
];

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

/** The command that gives exactly one finding of a report. */
export const reproduce = ({ provenance }: GateReport, { digest }: GateFinding): string =>
  `${provenance.reproduce} --only ${digest}`;
