import type { SearchResult, Verdict } from "../checker/result.ts";
import type { Trace } from "../counterexamples/trace/trace.ts";
import type { CheckResult } from "../functions/check.ts";
import type { Finding } from "../functions/finding.ts";
import type { Change } from "../gate/intake/change.ts";
import type { PlacedStep } from "../gate/judge/place.ts";
import type { GateFinding, PatchResult } from "../gate/result.ts";
import type { CodeProvenance, Provenance } from "./provenance.ts";

/** What a command found out, as plain data. Every output format is a pure function of it. */
export type Report = CheckReport | GateReport | ExploreReport;

/** The command that a report is of. */
export type ReportKind = Report["kind"];

/** What every report has: formats that use nothing else print the report of any command. */
interface Common {
  readonly verdict: Verdict;
  /** What was searched for it, all searches together. */
  readonly extent: Extent;
  readonly findings: readonly ReportFinding[];
  /** All that keeps the verdict from being `holds`, in words. */
  readonly reservations: readonly string[];
  /** What a reader should know beside it. */
  readonly notes: readonly string[];
  /** What was judged by itself, and holds. */
  readonly held: readonly string[];
  readonly provenance: Provenance;
}

export interface Extent {
  /** Distinct states stored. */
  readonly states: number;
  /** Transitions fired, those to known states included. */
  readonly transitions: number;
  /** Steps to the farthest state of any search. */
  readonly depth: number;
}

/** What a report on C has beside. */
interface OfCode extends Common {
  readonly functions: CheckResult["functions"];
  /** What was taken for granted of callees that nothing is known of. */
  readonly assumed: readonly string[];
  /** What kept the verdict from being `holds`, beside functions. */
  readonly bounds: readonly string[];
  readonly warnings: readonly string[];
  /** What no rule judged, whatever the verdict. */
  readonly notJudged: readonly string[];
  readonly provenance: CodeProvenance;
}

/** Of C files as they stand. */
export interface CheckReport extends OfCode {
  readonly kind: "check";
  readonly findings: readonly CheckFinding[];
  /** With --only: how many findings it leaves out. They count for the verdict all the same. */
  readonly leftOut?: number;
}

/** Of a change to C files. */
export interface GateReport extends OfCode {
  readonly kind: "gate";
  readonly findings: readonly ChangeFinding[];
  /** Why patches do not apply, file by file. */
  readonly refused: readonly string[];
  /** What is said of each patch by itself, in order. */
  readonly patches: readonly PatchResult[];
  /** The patches as they were read, for formats that quote them. */
  readonly changes: readonly Change[];
}

/** Of models: one, or the versions of a scenario side by side. */
export interface ExploreReport extends Common {
  readonly kind: "explore";
  readonly models: readonly ExploredModel[];
  /** What a kernel would print that goes on past violations, where that was asked for. */
  readonly keptGoing?: string;
}

/** What a report adds to a finding. */
interface Reported {
  /** Names it across runs; lines are no part of it. */
  readonly fingerprint: string;
  /** Whether it is why the verdict is `violated`. */
  readonly fails: boolean;
  /** By comparison with what was before; absent where nothing was compared. */
  readonly standing?: Standing;
  /** Sentences about it: what else is to blame, what it reaches. */
  readonly remarks: readonly string[];
  /** What turned its path and which decisions matter, in lines; absent where nobody asked. */
  readonly explanation?: readonly string[];
  /** A command that gives this finding alone. */
  readonly reproduce: string;
}

export type Standing = "new" | "fixed" | "old";

/** What was found, as every format prints it. */
export interface ReportFinding
  extends Reported,
    Pick<Finding, "rule" | "confidence" | "file" | "line" | "function" | "lock" | "message"> {
  /** The shortest way there, as far as it is known. */
  readonly path: readonly ReportStep[];
  /** Other rules that the same mistake goes on to violate, where that is known. */
  readonly alsoViolates?: readonly string[];
}

/** A line of the finding's file, unless it names another. */
export interface ReportStep extends PlacedStep {
  readonly file?: string;
}

export interface CheckFinding extends Finding, Reported {}
export interface ChangeFinding extends GateFinding, Reported {}

/** A model as it was searched, and what became of each property. */
export interface ExploredModel {
  /** A scenario's id, or the path of a user's model. */
  readonly scenario: string;
  readonly version?: string;
  /** Of the version, in words. */
  readonly summary?: string;
  readonly parameters: Readonly<Record<string, number>>;
  readonly search: Omit<SearchResult, "properties">;
  readonly properties: readonly ExploredProperty[];
}

export interface ExploredProperty {
  readonly property: string;
  readonly verdict: Verdict;
  /** What failed, in words. */
  readonly message?: string;
  /** False where nothing that was reached could have violated it. */
  readonly evaluated: boolean;
  /** Of the run that was found; absent where no single run violates it. */
  readonly steps?: number;
  /** The counterexample, as far as it was asked for. */
  readonly trace?: Trace;
  /** What a debugging kernel would print on it, where that was asked for. */
  readonly kernelLog?: string;
  /** A command that judges this property alone. */
  readonly reproduce: string;
}
