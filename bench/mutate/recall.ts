import type { Catcher } from "./caught.ts";
import type { MutationKind } from "./kind.ts";
import { sample } from "./random.ts";
import { type CFile, type Site, sitesOf } from "./site.ts";

export interface Recall {
  readonly kind: MutationKind;
  /** All that the text scan found. */
  readonly sites: number;
  /** How many no rule for one function can see, by reason. */
  readonly outOfReach: ReadonlyMap<string, number>;
  readonly mutants: number;
  readonly missed: readonly Site[];
}

export interface Sampling {
  readonly count: number;
  readonly seed: number;
}

/** Makes mutants of one kind, as the seed chooses their sites, and tells which are missed. */
export async function recallOf(
  kind: MutationKind,
  files: readonly CFile[],
  catches: Catcher,
  { count, seed }: Sampling,
): Promise<Recall> {
  const sites = files.flatMap((source) => sitesOf(source, kind));
  const chosen = sample(
    sites.filter(({ outOfReach }) => outOfReach === undefined),
    count,
    seed,
  );
  const missed: Site[] = [];
  for (const site of chosen) if (!(await catches(site))) missed.push(site);
  return { kind, sites: sites.length, outOfReach: reasonsOf(sites), mutants: chosen.length, missed };
}

function reasonsOf(sites: readonly Site[]): ReadonlyMap<string, number> {
  const reasons = new Map<string, number>();
  for (const { outOfReach } of sites) {
    if (outOfReach !== undefined) reasons.set(outOfReach, (reasons.get(outOfReach) ?? 0) + 1);
  }
  return reasons;
}

/** Figures in Markdown. */
export function recallTable(
  recalls: readonly Recall[],
  targetOf = ({ target }: MutationKind) => target,
): string {
  const rows = recalls.map(({ kind, sites, outOfReach, mutants, missed }) => [
    kind.name,
    String(sites),
    [...outOfReach].map(([reason, count]) => `${count} (${reason})`).join(", ") || "0",
    String(mutants),
    String(mutants - missed.length),
    percent(mutants - missed.length, mutants),
    percent(targetOf(kind), 1),
  ]);
  const head = ["kind", "sites", "out of a rule's reach", "mutants", "caught", "recall", "target"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${((100 * part) / whole).toFixed(1)} %`;
