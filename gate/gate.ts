import type { Verdict } from "../checker/result.ts";
import type { FunctionReport } from "../functions/check.ts";
import { knowledgeOf } from "../model/c/knowledge/knowledge.ts";
import { InputError } from "../model/input-error.ts";
import { ANY_KERNEL, type Kernel } from "../model/kernel/version/tree.ts";
import { nearestHint } from "../model/nearest.ts";
import type { Store } from "../tree/cache/store.ts";
import type { Tree } from "../tree/tree.ts";
import { openWorkspace } from "./apply/workspace.ts";
import { type Baseline, knownFindings, staleEntries } from "./compare/baseline.ts";
import { eachAlone, underCallee } from "./compare/callee.ts";
import type { Change, ChangeSet } from "./intake/change.ts";
import { cachedJudge } from "./judge/cached-judge.ts";
import { type Judge, judgeWith } from "./judge/judge.ts";
import { gateChange, type Outcome } from "./outcome.ts";
import { provenanceOf } from "./provenance.ts";
import { type GateFinding, type GateReport, type PatchReport, reservations } from "./report.ts";

export interface GateOptions {
  /** Which kernel's rows of the table are believed; any where absent. */
  readonly kernel?: Kernel;
  /** What judges images; the checker where absent. */
  readonly judge?: Judge;
  /** What the change applies to; where absent, its hunks are all that is seen. */
  readonly tree?: Tree;
  /** Look for callers of changed functions in the whole tree, as is the default, or in the same folder alone. */
  readonly wholeTree?: boolean;
  /** What was judged and searched before; without it, all is done anew. */
  readonly store?: Store;
  /** Findings that count as old. */
  readonly baseline?: Baseline;
  /** Digest of the one finding to report; all where absent. */
  readonly only?: string;
  /** The command line that asked, for the report. */
  readonly command?: string;
}

/**
 * Judges a change before and after; what is new fails it.
 *
 * @throws InputError for a patch that is damaged or that leaves the tree, and for an `only` that no finding has.
 */
export async function gate(set: ChangeSet, options: GateOptions = {}): Promise<GateReport> {
  const judged = await gateChanges(set, options);
  const accepted = accept(judged, options.baseline);
  const outcomes = select(accepted, options.only);
  const reports = outcomes.flatMap((each) => each.judged);
  const functions = mergeFunctions(reports);
  const bounds = unique([...set.bounds, ...outcomes.flatMap((each) => each.bounds)]);
  const refused = outcomes.flatMap((each) => each.refused);
  const [count = 0, shown = 0] = [accepted, outcomes].map(
    (some) => some.flatMap(({ fresh }) => fresh).length,
  );
  return {
    verdict: verdictOf({ fresh: count, refused, functions, bounds }),
    refused,
    new: outcomes.flatMap((each) => each.fresh),
    fixed: outcomes.flatMap((each) => each.fixed),
    old: outcomes.flatMap((each) => each.old),
    functions,
    assumed: unique(reports.flatMap(({ assumed }) => assumed)),
    bounds,
    notes: count > shown ? [...set.notes, `--only leaves out ${count - shown} new`] : set.notes,
    warnings: options.baseline ? warningsOf(judged, set, options.baseline) : [],
    provenance: provenanceOf({
      kernel: options.kernel ?? ANY_KERNEL,
      baseCommit: options.tree?.commit ?? set.baseCommit,
      conditionals: unique(reports.flatMap(({ conditionals }) => conditionals ?? [])),
      command: options.command ?? `holdfast gate ${set.name}`,
    }),
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
    wholeTree = true,
    store,
  }: GateOptions,
): Promise<readonly Outcome[]> {
  const judge = store ? cachedJudge(asked, store, kernel?.version ?? "any") : asked;
  const series = tree && openWorkspace(tree);
  const outcomes: Outcome[] = [];
  try {
    for (const [patch, change] of set.changes.entries()) {
      const own = change.tree && openWorkspace(change.tree);
      const context = { judge, workspace: own ?? series, patch, tree: change.tree ?? tree, wholeTree, store };
      outcomes.push(await gateChange(change, context).finally(() => own?.remove()));
    }
  } finally {
    series?.remove();
  }
  return outcomes;
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
): PatchReport {
  const functions = mergeFunctions(outcome.judged);
  const { fresh, fixed, refused, bounds: own } = outcome;
  const judged = { fresh: fresh.length, refused, functions };
  const isTouched = verdictOf({ ...judged, bounds: own }) !== "nothing-to-check";
  const bounds = isTouched ? [...common, ...own] : [];
  return {
    label,
    ...(messageId !== undefined && { messageId }),
    ...(commit !== undefined && { commit }),
    verdict: verdictOf({ ...judged, bounds }),
    new: fresh.length,
    fixed: fixed.length,
    bounds: unique(reservations({ refused, bounds, functions })),
  };
}

/** That patches before one of a series do not apply: it was judged without them. */
function withoutOnes(outcomes: readonly Outcome[], { changes }: ChangeSet, patch: number): readonly string[] {
  const missing = changes.slice(0, patch).filter((_, at) => (outcomes[at]?.refused.length ?? 0) > 0);
  return missing.map(({ label }) => `judged without '${label}', which does not apply`);
}

function mergeFunctions(reports: readonly FunctionReport[]): GateReport["functions"] {
  const each = reports.map(({ functions }) => functions);
  return {
    seen: each.reduce((sum, { seen }) => sum + seen, 0),
    modelled: each.reduce((sum, { modelled }) => sum + modelled, 0),
    skipped: each.flatMap(({ skipped }) => skipped),
    capped: each.flatMap(({ capped }) => capped),
  };
}

interface Judged {
  /** How many findings are new. */
  readonly fresh: number;
  readonly refused: readonly string[];
  readonly functions: GateReport["functions"];
  readonly bounds: readonly string[];
}

function verdictOf({ fresh, refused, functions, bounds }: Judged): Verdict {
  const { seen, skipped, capped } = functions;
  if (fresh > 0) return "violated";
  if (refused.length > 0) return "error";
  if (bounds.length > 0 || skipped.length + capped.length > 0) return "holds-within-bound";
  return seen === 0 ? "nothing-to-check" : "holds";
}
