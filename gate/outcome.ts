import type { FunctionReport } from "../checker/functions/check.ts";
import { callGraph } from "./callers/call-graph.ts";
import { type CallersContext, judgeCallers } from "./callers/callers.ts";
import { type ChangedEffect, changeOn } from "./callers/changed-effects.ts";
import { EXIT_IMBALANCE } from "./callers/exit-change.ts";
import { newOn } from "./callers/expectation.ts";
import { unexpectedFinding } from "./callers/unexpected.ts";
import type { LeftAlone } from "./callers/unproven.ts";
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
import type { PlacedFinding } from "./judge/place.ts";
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
  const all = (side: Side) => [
    ...foundOn(side, judged, callers.unexpected),
    ...unexpectedOn(side, callers.unexpected, judged),
  ];
  const found: Comparison = compare(all("before"), all("after"), movesOf(pairs));
  const files = pairs.map(({ file }) => file);
  const place = (each: readonly IdentifiedFinding[]) => describe(each, files, context.patch);
  const own = touched.map((each) => each.judged);
  const doubts: string[] = [];
  for (const pair of pairs) doubts.push(...(await doubtsOf(pair)));
  const bounds = [...partialBounds(touched), ...failures, ...counts, ...callers.bounds, ...doubts];
  return {
    fresh: place(found.fresh),
    fixed: place(found.fixed.filter(({ finding }) => !isUnproven(finding, callers.unproven, touched))),
    old: place(found.old),
    judged: own,
    bounds: [...bounds, ...own.flatMap((each) => each.bounds)],
  };
}

/** That a function leaves a lock alone now mends nothing, for it or its callers, as long as no caller shows so. */
function isUnproven(
  { rule, file, function: name }: PlacedFinding,
  unproven: readonly LeftAlone[],
  touched: readonly PairJudgement[],
): boolean {
  if (rule !== EXIT_IMBALANCE || unproven.length === 0) return false;
  const isTouched = touched.some((each) => each.pair.before?.file === file && each.names.includes(name));
  return !isTouched || unproven.some((each) => each.file === file && each.name === name);
}

/** A function that was judged twice, the second time knowing more of its callees, counts as it was last. */
function foundOn(
  side: Side,
  judged: readonly PairJudgement[],
  unexpected: readonly ChangedEffect[],
): readonly IdentifiedFinding[] {
  const last = new Map<string, PairJudgement>();
  for (const each of judged)
    for (const name of each.names) last.set(`${each.pair[side]?.file} ${name}`, each);
  return [...new Set(last.values())].flatMap((each) =>
    each[side].filter(({ finding }) => {
      const counts = last.get(`${finding.file} ${finding.function}`) === each;
      return counts && !isTakenUp(finding, each, { side, unexpected });
    }),
  );
}

/** It keeps a lock, as it did not before, and its callers expect that; or a callee is to blame for it. */
function isTakenUp(
  finding: PlacedFinding,
  judged: PairJudgement,
  { side, unexpected }: { side: Side; unexpected: readonly ChangedEffect[] },
): boolean {
  const { rule, function: name, file } = finding;
  const own = unexpected.filter((each) => each.side === side);
  if (own.some((each) => each.name === name && each.file === file)) return false;
  const { text = "" } = judged.pair[side] ?? {};
  const calls = callGraph(text, file)
    .callersOf(new Set(own.map((each) => each.name)))
    .has(name);
  const blamed = calls && (rule === EXIT_IMBALANCE || !changedFunctions(judged.pair).includes(name));
  if (blamed && newOn(judged, side).includes(finding)) return true;
  return rule === EXIT_IMBALANCE && changeOn(judged, side, name) !== undefined;
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
  const named = found.map(({ finding, identity }) => {
    const file = files.find(({ before, after }) => after === finding.file || before === finding.file);
    const guilty = guiltyLine(finding, file);
    return { ...finding, digest: digestOf(identity), patch, ...(guilty && { guilty }) };
  });
  return rootCauses(named).map(({ finding, consequences }) => {
    const others = new Set(consequences.map(({ rule }) => rule).filter((rule) => rule !== finding.rule));
    return { ...finding, alsoViolates: [...others].sort() };
  });
}
