import type { Verdict } from "../checker/result.ts";
import { VERSION } from "../model/tool-version.ts";
import { type Comparison, compare } from "./compare/compare.ts";
import type { IdentifiedFinding } from "./compare/identity.ts";
import { rootCauses } from "./compare/root-cause.ts";
import { checkCounts } from "./diff/counts.ts";
import { guiltyLine } from "./guilty.ts";
import type { Change, ChangeSet } from "./intake/change.ts";
import type { Judge, Judgement } from "./judge/judge.ts";
import { isSource, judgePair, type PairJudgement, pairsFromHunks } from "./judge/pair.ts";
import type { GateFinding, GateReport } from "./report.ts";

export interface GateOptions {
  readonly judge: Judge;
  /** The command line that asked, for the report. */
  readonly command?: string;
}

/** Judges a change before and after; what is new fails it. */
export async function gate(set: ChangeSet, options: GateOptions): Promise<GateReport> {
  const outcomes = [];
  for (const [index, change] of set.changes.entries())
    outcomes.push(await gateChange(change, index, options));
  const fresh = outcomes.flatMap((each) => each.fresh);
  const functions = mergeFunctions(outcomes.flatMap((each) => each.judgements));
  const bounds = [...new Set([...set.bounds, ...outcomes.flatMap((each) => each.bounds)])];
  return {
    verdict: verdictOf(fresh, functions, bounds),
    new: fresh,
    fixed: outcomes.flatMap((each) => each.fixed),
    old: outcomes.flatMap((each) => each.old),
    functions,
    assumed: [...new Set(outcomes.flatMap((each) => each.judgements.flatMap(({ assumed }) => assumed)))],
    bounds,
    notes: set.notes,
    warnings: [],
    provenance: {
      version: VERSION,
      table: "",
      ...(set.baseCommit !== undefined && { baseCommit: set.baseCommit }),
      conditionals: [],
      reproduce: options.command ?? `holdfast gate ${set.name}`,
    },
    changes: set.changes,
  };
}

interface ChangeOutcome {
  readonly fresh: readonly GateFinding[];
  readonly fixed: readonly GateFinding[];
  readonly old: readonly GateFinding[];
  readonly judgements: readonly Judgement[];
  readonly bounds: readonly string[];
}

async function gateChange(change: Change, patch: number, { judge }: GateOptions): Promise<ChangeOutcome> {
  const counts = checkCounts(change.diff, change.depth > 0);
  const judged: PairJudgement[] = [];
  for (const pair of pairsFromHunks(change)) judged.push(await judgePair(pair, judge));
  const { fresh, fixed, old }: Comparison = compare(
    judged.flatMap(({ before }) => before),
    judged.flatMap(({ after }) => after),
  );
  const place = (found: readonly IdentifiedFinding[]) => describe(found, change, patch);
  const touched = judged.some((each) => each.judged.functions.seen > 0);
  const seen = touched ? ["only the hunks were seen: exit balance was not judged"] : [];
  return {
    fresh: place(fresh),
    fixed: place(fixed),
    old: place(old),
    judgements: judged.map((each) => each.judged),
    bounds: [...seen, ...counts, ...judged.flatMap((each) => each.judged.bounds)],
  };
}

/** One finding per root cause, with the changed line behind it. */
function describe(
  found: readonly IdentifiedFinding[],
  { diff }: Change,
  patch: number,
): readonly GateFinding[] {
  const files = diff.files.filter(isSource);
  return rootCauses(found.map(({ finding }) => finding)).map(({ finding, consequences }) => {
    const file = files.find(({ before, after }) => (after ?? before) === finding.file);
    const guilty = guiltyLine(finding, file);
    const others = new Set(consequences.map(({ rule }) => rule).filter((rule) => rule !== finding.rule));
    return { ...finding, patch, alsoViolates: [...others].sort(), ...(guilty && { guilty }) };
  });
}

function mergeFunctions(judgements: readonly Judgement[]): GateReport["functions"] {
  const each = judgements.map(({ functions }) => functions);
  return {
    seen: each.reduce((sum, { seen }) => sum + seen, 0),
    modelled: each.reduce((sum, { modelled }) => sum + modelled, 0),
    skipped: each.flatMap(({ skipped }) => skipped),
    capped: each.flatMap(({ capped }) => capped),
  };
}

function verdictOf(
  fresh: readonly GateFinding[],
  { seen, skipped, capped }: GateReport["functions"],
  bounds: readonly string[],
): Verdict {
  if (fresh.length > 0) return "violated";
  if (bounds.length > 0 || skipped.length + capped.length > 0) return "holds-within-bound";
  return seen === 0 ? "nothing-to-check" : "holds";
}
