import type { FunctionReport } from "../checker/functions/check.ts";
import { type Comparison, compare } from "./compare/compare.ts";
import { digestOf, type IdentifiedFinding } from "./compare/identity.ts";
import { movesOf } from "./compare/moves.ts";
import { rootCauses } from "./compare/root-cause.ts";
import { checkCounts } from "./diff/counts.ts";
import type { FileDiff } from "./diff/diff.ts";
import { guiltyLine } from "./guilty.ts";
import type { Change } from "./intake/change.ts";
import type { Judge } from "./judge/judge.ts";
import { isSource, judgePair, type PairJudgement, pairFromHunks, pairFromTree } from "./judge/pair.ts";
import type { GateFinding } from "./report.ts";
import type { Workspace } from "./tree/workspace.ts";

/** What one patch does. */
export interface Outcome {
  readonly fresh: readonly GateFinding[];
  readonly fixed: readonly GateFinding[];
  readonly old: readonly GateFinding[];
  readonly judged: readonly FunctionReport[];
  readonly bounds: readonly string[];
}

export interface OutcomeContext {
  readonly judge: Judge;
  /** Holds the files as the patches before this one left them; absent where there is no tree. */
  readonly workspace: Workspace | undefined;
  /** Position of the patch in the series. */
  readonly patch: number;
}

export async function gateChange(change: Change, context: OutcomeContext): Promise<Outcome> {
  const counts = checkCounts(change.diff, change.depth > 0);
  const { pairs, failures } = pairsOf(change, context.workspace);
  const judged: PairJudgement[] = [];
  for (const pair of pairs) judged.push(await judgePair(pair, context.judge));
  const found: Comparison = compare(
    judged.flatMap(({ before }) => before),
    judged.flatMap(({ after }) => after),
    movesOf(pairs),
  );
  const files = pairs.map(({ file }) => file);
  const place = (each: readonly IdentifiedFinding[]) => describe(each, files, context.patch);
  return {
    fresh: place(found.fresh),
    fixed: place(found.fixed),
    old: place(found.old),
    judged: judged.map((each) => each.judged),
    bounds: [
      ...partialBounds(judged),
      ...failures,
      ...counts,
      ...judged.flatMap((each) => each.judged.bounds),
    ],
  };
}

/** The images of a change: of whole files where it applies, else of what its hunks show. */
function pairsOf({ diff }: Change, workspace: Workspace | undefined) {
  const files = diff.files.filter(isSource);
  if (!workspace) return { pairs: files.map((file) => pairFromHunks(file, diff.collapsed)), failures: [] };
  const applied = workspace.apply(files, diff.collapsed);
  const failures = applied.flatMap(({ failure }) =>
    failure === undefined ? [] : [`does not apply: ${failure}`],
  );
  const pairs = applied.map((each) =>
    each.failure === undefined ? pairFromTree(each) : pairFromHunks(each.file, diff.collapsed),
  );
  return { pairs, failures };
}

function partialBounds(judged: readonly PairJudgement[]): readonly string[] {
  const partial = judged.filter(({ pair }) => (pair.after ?? pair.before)?.partial);
  const touched = partial.some((each) => each.judged.functions.seen > 0);
  return touched ? ["only the hunks were seen: exit balance was not judged"] : [];
}

/** One finding per root cause, with the changed line behind it. */
function describe(
  found: readonly IdentifiedFinding[],
  files: readonly FileDiff[],
  patch: number,
): readonly GateFinding[] {
  const named = found.map(({ finding, identity }) => ({ ...finding, digest: digestOf(identity) }));
  return rootCauses(named).map(({ finding, consequences }) => {
    const file = files.find(({ before, after }) => (after ?? before) === finding.file);
    const guilty = guiltyLine(finding, file);
    const others = new Set(consequences.map(({ rule }) => rule).filter((rule) => rule !== finding.rule));
    return { ...finding, patch, alsoViolates: [...others].sort(), ...(guilty && { guilty }) };
  });
}
