import type { FunctionReport } from "../checker/functions/check.ts";
import { type CallersContext, judgeCallers } from "./callers/callers.ts";
import type { ChangedEffect } from "./callers/changed-effects.ts";
import { EXIT_IMBALANCE, unexpectedFinding } from "./callers/unexpected.ts";
import { type Comparison, compare } from "./compare/compare.ts";
import { digestOf, type IdentifiedFinding, identify } from "./compare/identity.ts";
import { movesOf } from "./compare/moves.ts";
import { rootCauses } from "./compare/root-cause.ts";
import { checkCounts } from "./diff/counts.ts";
import type { FileDiff, Side } from "./diff/diff.ts";
import { doubtsOf } from "./doubts/doubts.ts";
import { guiltyLine } from "./guilty.ts";
import type { Change } from "./intake/change.ts";
import {
  changedFunctions,
  isSource,
  judgePair,
  type PairJudgement,
  pairFromHunks,
  pairFromTree,
} from "./judge/pair.ts";
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

export interface OutcomeContext extends CallersContext {
  /** Holds the files as the patches before this one left them; absent where there is no tree. */
  readonly workspace: Workspace | undefined;
  /** Position of the patch in the series. */
  readonly patch: number;
}

export async function gateChange(change: Change, context: OutcomeContext): Promise<Outcome> {
  const counts = checkCounts(change.diff, change.depth > 0);
  const { pairs, failures } = pairsOf(change, context.workspace);
  const touched: PairJudgement[] = [];
  for (const pair of pairs) touched.push(await judgePair(pair, changedFunctions(pair), context.judge));
  const callers = await judgeCallers(touched, context);
  const judged = [...touched, ...callers.judged];
  const effects = (side: Side) => unexpectedOn(side, callers.unexpected, judged);
  const found: Comparison = compare(
    [...distinct(judged, "before"), ...effects("before")],
    [...distinct(judged, "after"), ...effects("after")],
    movesOf(pairs),
  );
  const files = pairs.map(({ file }) => file);
  const place = (each: readonly IdentifiedFinding[]) => describe(each, files, context.patch);
  const own = touched.map((each) => each.judged);
  const doubts: string[] = [];
  for (const pair of pairs) doubts.push(...(await doubtsOf(pair)));
  const bounds = [...partialBounds(touched), ...failures, ...counts, ...callers.bounds, ...doubts];
  return {
    fresh: place(found.fresh),
    fixed: place(found.fixed),
    old: place(found.old),
    judged: own,
    bounds: [...bounds, ...own.flatMap((each) => each.bounds)],
  };
}

/** A function that was judged twice, the second time knowing more of its callees, counts as it was last. */
function distinct(judged: readonly PairJudgement[], side: Side): readonly IdentifiedFinding[] {
  const byFunction = new Map<string, readonly IdentifiedFinding[]>();
  for (const each of judged) {
    const file = each.pair[side]?.file ?? "";
    for (const name of each.names) {
      byFunction.set(
        `${file} ${name}`,
        each[side].filter(({ finding }) => finding.function === name),
      );
    }
  }
  return [...byFunction.values()].flat();
}

/** Findings for effects that no caller expects, in functions whose imbalance was not found by itself. */
function unexpectedOn(
  side: Side,
  unexpected: readonly ChangedEffect[],
  judged: readonly PairJudgement[],
): readonly IdentifiedFinding[] {
  const found = judged.flatMap((each) => each[side].map(({ finding }) => finding));
  const isFound = ({ name, file }: ChangedEffect) =>
    found.some((each) => each.function === name && each.file === file && each.rule === EXIT_IMBALANCE);
  return unexpected
    .filter((each) => each.side === side && !isFound(each))
    .map((each) =>
      identify(
        unexpectedFinding(
          each,
          judged.map(({ pair }) => pair),
        ),
        new Map(),
      ),
    );
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
