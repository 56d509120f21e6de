import type { Verdict } from "../checker/result.ts";
import { type CheckResult, merge, reservations, verdictOf } from "../functions/result.ts";
import { knowledgeOf } from "../model/c/knowledge/index.ts";
import { InputError } from "../model/input-error.ts";
import type { Kernel } from "../model/kernel/version/tree.ts";
import { nearestHint } from "../model/nearest.ts";
import type { Store } from "../tree/cache/store.ts";
import type { Tree } from "../tree/tree.ts";
import { openWorkspace } from "./apply/workspace.ts";
import { type Baseline, knownFindings, staleEntries } from "./compare/baseline.ts";
import { eachAlone, underCallee } from "./compare/callee.ts";
import type { Change, ChangeSet } from "./intake/change.ts";
import { cachedJudge } from "./judge/cached-judge.ts";
import type { OpenIndex } from "./judge/informed-judge.ts";
import { type Judge, judgeWith } from "./judge/judge.ts";
import { gateChange, type Outcome } from "./outcome.ts";
import type { GateFinding, GateResult, PatchResult } from "./result.ts";

export interface GateOptions {
  /** Which kernel's rows of the table are believed; any where absent. */
  readonly kernel?: Kernel;
  /** What judges images; the checker where absent. */
  readonly judge?: Judge;
  /** What the change applies to; where absent, its hunks are all that is seen. */
  readonly tree?: Tree;
  /** What the tree becomes, where the change is one part of a larger one that is judged part by part. */
  readonly after?: Tree;
  /** Look for callers of changed functions in the whole tree, as is the default, or in the same folder alone. */
  readonly wholeTree?: boolean;
  /** What was judged and searched before; without it, all is done anew. */
  readonly store?: Store;
  /** Opens the index of a tree, for functions that no file near a changed one defines; without it, they are not known. */
  readonly index?: OpenIndex;
  /** Findings that count as old. */
  readonly baseline?: Baseline;
  /** Digest of the one finding to report; all where absent. */
  readonly only?: string;
}

/**
 * Judges a change before and after; what is new fails it.
 *
 * @throws InputError for a patch that is damaged or that leaves the tree, and for an `only` that no finding has.
 */
export async function gate(set: ChangeSet, options: GateOptions = {}): Promise<GateResult> {
  const judged = await gateChanges(set, options);
  const accepted = accept(judged, options.baseline);
  const outcomes = select(accepted, options.only);
  const { functions, assumed, conditionals = [] } = merge(outcomes.flatMap((each) => each.judged));
  const bounds = unique([...set.bounds, ...outcomes.flatMap((each) => each.bounds)]);
  const refused = outcomes.flatMap((each) => each.refused);
  const [count = 0, shown = 0] = [accepted, outcomes].map(
    (some) => some.flatMap(({ fresh }) => fresh).length,
  );
  return {
    verdict: verdictOn({ functions, bounds }, refused, count > 0),
    refused,
    new: outcomes.flatMap((each) => each.fresh),
    fixed: outcomes.flatMap((each) => each.fixed),
    old: outcomes.flatMap((each) => each.old),
    functions,
    assumed,
    bounds,
    notes: count > shown ? [...set.notes, `--only leaves out ${count - shown} new`] : set.notes,
    warnings: options.baseline ? warningsOf(judged, set, options.baseline) : [],
    baseCommit: options.tree?.commit ?? set.baseCommit,
    conditionals,
    patches: set.changes.flatMap((change, at) => {
      const outcome = accepted[at];
      return outcome
        ? [patchReport(outcome, change, [...set.bounds, ...withoutOnes(accepted, set, at)])]
        : [];
    }),
    changes: set.changes,
  };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Applies the patches one after another, so that what one makes and a later one mends is seen. */
async function gateChanges(
  set: ChangeSet,
  {
    kernel,
    judge: asked = judgeWith(knowledgeOf(kernel?.version)),
    tree,
    after,
    index,
    wholeTree = true,
    store,
  }: GateOptions,
): Promise<readonly Outcome[]> {
  const table = knowledgeOf(kernel?.version);
  const judge = store ? cachedJudge(asked, store, kernel?.version ?? "any") : asked;
  const series = tree && openWorkspace(tree);
  const outcomes: Outcome[] = [];
  try {
    for (const [patch, change] of set.changes.entries()) {
      const own = change.tree && openWorkspace(change.tree);
      const about = { judge, table, index, wholeTree, store, treeAfter: after };
      const context = { ...about, workspace: own ?? series, patch, tree: change.tree ?? tree };
      const outcome = await gateChange(change, context).finally(() => own?.remove());
      outcomes.push(change.isWholeRange ? beyond(outcome, outcomes) : outcome);
    }
  } finally {
    series?.remove();
  }
  return outcomes;
}

/** What a range as a whole shows beyond its commits. */
function beyond(whole: Outcome, commits: readonly Outcome[]): Outcome {
  const rest = (select: (outcome: Outcome) => readonly GateFinding[]) => {
    const known = commits.flatMap(select).map(({ digest }) => digest);
    return select(whole).filter(({ digest }) => {
      const at = known.indexOf(digest);
      if (at >= 0) known.splice(at, 1);
      return at < 0;
    });
  };
  return { ...whole, fresh: rest(({ fresh }) => fresh), fixed: rest(({ fixed }) => fixed) };
}

/** What the baseline knows counts as old: of what goes back to one mistake, that which it knows. */
function accept(outcomes: readonly Outcome[], baseline: Baseline | undefined): readonly Outcome[] {
  if (!baseline) return outcomes;
  const apart = outcomes.map(({ fresh }) => fresh.flatMap(eachAlone));
  const known = knownFindings(apart.flat(), baseline);
  return outcomes.map((each, at) => {
    const split = (wanted: boolean) =>
      underCallee((apart[at] ?? []).filter((one) => known.has(one) === wanted));
    return { ...each, fresh: split(false), old: [...each.old, ...split(true)] };
  });
}

function warningsOf(outcomes: readonly Outcome[], set: ChangeSet, baseline: Baseline): readonly string[] {
  const found = outcomes.flatMap(({ fresh, old }) => [...fresh, ...old].flatMap(eachAlone));
  const files = set.changes.flatMap(({ diff }) => diff.files.flatMap(({ after }) => after ?? []));
  return staleEntries(found, new Set(files), baseline);
}

/** One finding alone; the verdict is that of all. */
function select(outcomes: readonly Outcome[], only: string | undefined): readonly Outcome[] {
  if (only === undefined) return outcomes;
  const all = outcomes.flatMap(({ fresh, fixed, old }) => [...fresh, ...fixed, ...old]);
  const digests = all.map(({ digest }) => digest);
  if (!digests.includes(only)) {
    throw new InputError(`--only: no finding has the digest '${only}' ${nearestHint(only, digests)}`);
  }
  const pick = (found: readonly GateFinding[]) => found.filter(({ digest }) => digest === only);
  return outcomes.map((each) => ({
    ...each,
    fresh: pick(each.fresh),
    fixed: pick(each.fixed),
    old: pick(each.old),
  }));
}

/** What could not be read of a series, and what of it does not apply, holds of each of its patches that takes locks. */
function patchReport(
  outcome: Outcome,
  { label, messageId, commit }: Change,
  common: readonly string[],
): PatchResult {
  const { functions } = merge(outcome.judged);
  const { fresh, fixed, refused, bounds: own } = outcome;
  const verdict = (bounds: readonly string[]) => verdictOn({ functions, bounds }, refused, fresh.length > 0);
  const isTouched = verdict(own) !== "nothing-to-check";
  const bounds = isTouched ? [...common, ...own] : [];
  return {
    label,
    ...(messageId !== undefined && { messageId }),
    ...(commit !== undefined && { commit }),
    verdict: verdict(bounds),
    new: fresh.length,
    fixed: fixed.length,
    bounds: unique([...refused, ...reservations({ bounds, functions })]),
  };
}

/** That patches before one of a series do not apply: it was judged without them. */
function withoutOnes(outcomes: readonly Outcome[], { changes }: ChangeSet, patch: number): readonly string[] {
  const missing = changes.slice(0, patch).filter((_, at) => (outcomes[at]?.refused.length ?? 0) > 0);
  return missing.map(({ label }) => `judged without '${label}', which does not apply`);
}

/** Of a change that does not apply nothing is said, but for what its hunks alone show to be new. */
function verdictOn(
  seen: Pick<CheckResult, "functions" | "bounds">,
  refused: readonly string[],
  failing: boolean,
): Verdict {
  return refused.length > 0 && !failing ? "error" : verdictOf(seen, failing);
}
