import type { Problem } from "../problem.ts";
import type { Reduction } from "../result.ts";
import type { SearchOptions } from "../search-options.ts";
import type { Projection } from "../store/projection.ts";
import { type SafeMoves, safeMovesOf } from "./independence/safe-moves.ts";
import { projectionOf } from "./liveness/dead-values.ts";
import { type SlotMap, slotMapOf } from "./symmetry/slot-map.ts";
import { type SymmetricSets, symmetricSets } from "./symmetry/symmetric-sets.ts";

export interface Reductions {
  /** Absent where the search is full. */
  readonly plan?: ReductionPlan;
  /** Beside no plan: both would choose what is stored of a state. */
  readonly projection?: Projection;
  readonly reported: readonly Reduction[];
}

/** Which reductions are safe for the model and its properties, and why the others are not. */
export function reductionsOf(problem: Problem, options: SearchOptions): Reductions {
  const refusal = refusalOf(options);
  if (refusal) return { reported: ALL.map((reduction) => ({ reduction, applied: false, detail: refusal })) };
  const sets = symmetricSets(problem);
  const moves = tasksOf(problem) > 1 ? safeMovesOf(problem) : undefined;
  const safe = moves && countSafe(moves) > 0 ? moves : undefined;
  const planned = safe !== undefined || sets.orbits.length > 0;
  const blocked = projectionBlocked(problem, options, planned);
  const projection = blocked === undefined ? projectionOf(problem) : undefined;
  const reported = [
    movesReport(moves),
    chainsReport(safe),
    ...symmetryReport(sets),
    deadReport(projection, blocked),
  ];
  if (!planned) return { reported, ...(projection && { projection }) };
  return { reported, plan: { ...(safe && { safeMoves: safe }), symmetry: slotMapOf(problem, sets.orbits) } };
}

const ALL = ["safe-moves", "chains", "symmetry", "dead-values"] as const;

/** Why nothing is reduced where the user said so. */
export const NOT_WANTED = "not wanted";

function refusalOf(options: SearchOptions): string | undefined {
  const { reduce = true, maxDepth, backEnd = "auto", workers = 1 } = options;
  if (!reduce) return NOT_WANTED;
  if (workers > 1) return "several workers search in full";
  if (maxDepth !== undefined) return "a bound on depth counts single steps";
  if (backEnd !== "auto" && backEnd !== "table") return `the back end ${backEnd} searches in full`;
  return undefined;
}

function tasksOf({ layout }: Problem): number {
  return layout.locations.length;
}

function movesReport(moves: SafeMoves | undefined): Reduction {
  const reduction = "safe-moves";
  if (!moves) return { reduction, applied: false, detail: "a single task has nobody to wait for" };
  const count = countSafe(moves);
  const all = [...moves.when.keys()].reduce((sum, { locations }) => sum + locations.length, 0);
  const broken = [...moves.unowned].map(([name, label]) => `; '${label}' may change '${name}' of another's`);
  return { reduction, applied: count > 0, detail: `${count} of ${all} locations${broken.join("")}` };
}

function countSafe({ when }: SafeMoves): number {
  return [...when.values()].reduce((sum, { size }) => sum + size, 0);
}

function chainsReport(safe: SafeMoves | undefined): Reduction {
  const detail = safe ? "states with a single safe move are not stored" : "there are no safe moves to merge";
  return { reduction: "chains", applied: safe !== undefined, detail };
}

/** Why dead values are not looked for. */
function projectionBlocked(
  problem: Problem,
  { hashCompact = false }: SearchOptions,
  planned: boolean,
): string | undefined {
  if (tasksOf(problem) > 1) return "another task may read what this one does not";
  if (planned) return "members that are exchanged come first";
  return hashCompact ? "hashes stand for whole states" : undefined;
}

function deadReport(projection: Projection | undefined, blocked = "all that is written is read"): Reduction {
  const applied = projection !== undefined;
  const detail = applied ? "what nothing reads any more is not told apart" : blocked;
  return { reduction: "dead-values", applied, detail };
}

function symmetryReport({ orbits, refused }: SymmetricSets): readonly Reduction[] {
  const applied = orbits.map(({ set, members }) => ({
    reduction: "symmetry" as const,
    applied: true,
    detail: `${set} ${members.join(", ")}`,
  }));
  const not = [...refused].map(([set, reason]) => ({
    reduction: "symmetry" as const,
    applied: false,
    detail: `${set}: ${reason}`,
  }));
  const reported = [...applied, ...not];
  return reported.length > 0
    ? reported
    : [{ reduction: "symmetry", applied: false, detail: "no members are alike" }];
}

/** Which reductions a search applies. */
export interface ReductionPlan {
  /** Eager safe moves, and with them the merging of chains. */
  readonly safeMoves?: SafeMoves;
  /** Without orbits where no members are alike. */
  readonly symmetry: SlotMap;
}
