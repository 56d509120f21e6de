import type { CheckResult } from "../functions/check.ts";
import type { Knowledge } from "../model/c/knowledge/index.ts";
import { imagesOf, refusals } from "./apply/change-images.ts";
import type { Workspace } from "./apply/workspace.ts";
import { standingOtherwise } from "./callers/caller-files.ts";
import { judgeCallers } from "./callers/callers.ts";
import type { CallersContext } from "./callers/elsewhere.ts";
import { EXIT_IMBALANCE } from "./callers/exit-change.ts";
import { findingsOn } from "./callers/findings.ts";
import { type LeftAlone, unprovenBound } from "./callers/unproven.ts";
import { underCallee } from "./compare/callee.ts";
import { compare } from "./compare/compare.ts";
import { digestOf, type IdentifiedFinding } from "./compare/identity.ts";
import { movesOf } from "./compare/moves.ts";
import { renamesIn } from "./compare/renames.ts";
import { rootCauses } from "./compare/root-cause.ts";
import { damageOf } from "./diff/damage.ts";
import type { FileDiff } from "./diff/diff.ts";
import { guiltyLine } from "./guilty.ts";
import type { Change } from "./intake/change.ts";
import { informedJudge, type OpenIndex } from "./judge/informed-judge.ts";
import { limitFunctions } from "./judge/limits.ts";
import { judgePair, type PairJudgement } from "./judge/pair.ts";
import type { PlacedFinding } from "./judge/place.ts";
import { type GateFinding, type Guilty, hunksAlone } from "./result.ts";
import { unmodelledChanges } from "./unmodelled/unmodelled-changes.ts";

/** What one patch does. */
export interface Outcome {
  readonly fresh: readonly GateFinding[];
  readonly fixed: readonly GateFinding[];
  readonly old: readonly GateFinding[];
  readonly judged: readonly CheckResult[];
  /** Why it does not apply, file by file: then its hunks are all that was seen. */
  readonly refused: readonly string[];
  readonly bounds: readonly string[];
}

export interface OutcomeContext extends CallersContext {
  /** Holds the files as the patches before this one left them; absent where there is no tree. */
  readonly workspace: Workspace | undefined;
  /** Position of the patch in the series. */
  readonly patch: number;
  /** What is known of calls by themselves. */
  readonly table: Knowledge;
  /** Opens the index of a tree; where absent, only what stands near the files of the change is known. */
  readonly index: OpenIndex | undefined;
}

export async function gateChange(change: Change, given: OutcomeContext): Promise<Outcome> {
  const damage = damageOf(change.diff, change.depth > 0);
  const { pairs, refused, left: unread } = imagesOf(change.diff, given.workspace);
  const { tree, treeAfter, index, table, workspace } = given;
  const around = tree && { tree, treeAfter, patched: workspace?.texts() ?? new Map(), index, table };
  const judge = around ? informedJudge(given.judge, pairs, around) : given.judge;
  const context = { ...given, judge };
  const { wanted, left } = limitFunctions(pairs);
  const touched: PairJudgement[] = [];
  for (const { pair, names } of wanted) touched.push(await judgePair(pair, names, context.judge));
  const callers = await judgeCallers(touched, context);
  const renames = renamesIn(pairs);
  const moves = movesOf(pairs, renames);
  const found = compare(findingsOn("before", callers), findingsOn("after", callers), moves);
  const files = pairs.map(({ file }) => file);
  const place = (each: readonly IdentifiedFinding[]) => describe(each, files, context.patch);
  const own = [...touched.map((each) => each.judged), left];
  const unmodelled = (
    await Promise.all(touched.map((each) => unmodelledChanges(each, context.judge, renames)))
  ).flat();
  const fresh = place(found.fresh);
  const unproven = callers.unproven.filter((each) => !isFound(each, fresh)).map(unprovenBound);
  const partial = partialBounds(touched, context.workspace !== undefined);
  const others = treeAfter ? standingOtherwise(pairs, treeAfter) : [];
  const unseen = [...partial, ...unread, ...others, ...damage, ...callers.bounds];
  const bounds = [...unseen, ...unproven, ...unmodelled];
  return {
    fresh,
    fixed: place(found.fixed.filter(({ finding }) => !isUnproven(finding, callers.unproven, touched))),
    old: place(found.old),
    judged: own,
    refused: refusals(refused, context.tree),
    bounds: [...bounds, ...own.flatMap((each) => each.bounds)],
  };
}

/** What is said to be wrong with the function says more than that nothing shows it. */
const isFound = ({ file, name }: LeftAlone, found: readonly GateFinding[]): boolean =>
  found.some(({ because, ...finding }) => {
    const about = because ?? finding;
    return about.file === file && about.function === name;
  });

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

function partialBounds(judged: readonly PairJudgement[], hasTree: boolean): readonly string[] {
  const partial = judged.filter(({ pair }) => (pair.after ?? pair.before)?.partial);
  const touched = partial.some((each) => each.judged.functions.seen > 0);
  return touched ? [hunksAlone(hasTree)] : [];
}

/** One finding per root cause, with the changed line behind it. */
function describe(
  found: readonly IdentifiedFinding[],
  files: readonly FileDiff[],
  patch: number,
): readonly GateFinding[] {
  const named = found.map(({ finding, identity, cause }) => {
    const guilty = guiltyIn(files, cause ? { ...finding, ...cause, path: [] } : finding);
    const about = { digest: digestOf(identity), patch, ...(cause && { because: cause }) };
    // Origins were there to be compared.
    const { origins: _, ...shown } = finding;
    return { ...shown, ...about, ...(guilty && { guilty }) };
  });
  const causes = rootCauses(named).map(({ finding, consequences }) => {
    const others = new Set(consequences.map(({ rule }) => rule).filter((rule) => rule !== finding.rule));
    return { ...finding, alsoViolates: [...others].sort() };
  });
  return underCallee(causes);
}

/** The changed statement behind a finding, by the diff of its file. */
function guiltyIn(files: readonly FileDiff[], finding: PlacedFinding): Guilty | undefined {
  const file = files.find(({ before, after }) => after === finding.file || before === finding.file);
  return guiltyLine(finding, file);
}
