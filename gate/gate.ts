import type { FunctionReport } from "../checker/functions/check.ts";
import type { Verdict } from "../checker/result.ts";
import { VERSION } from "../model/tool-version.ts";
import type { ChangeSet } from "./intake/change.ts";
import { type Judge, judgeImage } from "./judge/judge.ts";
import { gateChange, type Outcome } from "./outcome.ts";
import type { GateFinding, GateReport } from "./report.ts";
import type { Tree } from "./tree/tree.ts";
import { openWorkspace } from "./tree/workspace.ts";

export interface GateOptions {
  /** What judges images; the checker where absent. */
  readonly judge?: Judge;
  /** What the change applies to; where absent, its hunks are all that is seen. */
  readonly tree?: Tree;
  /** The command line that asked, for the report. */
  readonly command?: string;
}

/**
 * Judges a change before and after; what is new fails it. Throws an InputError for a patch that is damaged
 * or that leaves the tree.
 */
export async function gate(set: ChangeSet, options: GateOptions): Promise<GateReport> {
  const outcomes = await gateChanges(set, options);
  const fresh = outcomes.flatMap((each) => each.fresh);
  const judgements = outcomes.flatMap((each) => each.judgements);
  const functions = mergeFunctions(judgements);
  const bounds = unique([...set.bounds, ...outcomes.flatMap((each) => each.bounds)]);
  return {
    verdict: verdictOf(fresh, functions, bounds),
    new: fresh,
    fixed: outcomes.flatMap((each) => each.fixed),
    old: outcomes.flatMap((each) => each.old),
    functions,
    assumed: unique(judgements.flatMap(({ assumed }) => assumed)),
    bounds,
    notes: set.notes,
    warnings: [],
    provenance: provenanceOf(set, options),
    changes: set.changes,
  };
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** Applies the patches one after another, so that what one makes and a later one mends is seen. */
async function gateChanges(
  set: ChangeSet,
  { judge = judgeImage, tree }: GateOptions,
): Promise<readonly Outcome[]> {
  const workspace = tree && openWorkspace(tree);
  const outcomes: Outcome[] = [];
  try {
    for (const [patch, change] of set.changes.entries()) {
      outcomes.push(await gateChange(change, { judge, workspace, patch }));
    }
  } finally {
    workspace?.remove();
  }
  return outcomes;
}

function provenanceOf(set: ChangeSet, { tree, command }: GateOptions): GateReport["provenance"] {
  const baseCommit = tree?.commit ?? set.baseCommit;
  return {
    version: VERSION,
    table: "",
    ...(baseCommit !== undefined && { baseCommit }),
    conditionals: [],
    reproduce: command ?? `holdfast gate ${set.name}`,
  };
}

function mergeFunctions(judgements: readonly FunctionReport[]): GateReport["functions"] {
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
