import type { Catcher } from "./caught.ts";
import type { MutationKind } from "./kind.ts";
import { sample } from "./random.ts";
import type { Site } from "./site.ts";

type Named = Pick<MutationKind, "name" | "target">;

export interface Recall {
  readonly kind: Named;
  /** All that the text scan found. */
  readonly sites: number;
  /** How many are no mutants, or none that can be seen, by reason. */
  readonly leftOut: ReadonlyMap<string, number>;
  readonly mutants: number;
  readonly missed: readonly Site[];
}

export interface Sampling {
  readonly count: number;
  readonly seed: number;
  /** Callers are looked at too: nothing is out of reach. */
  readonly callers?: boolean;
}

/** Makes mutants of one kind, as the seed chooses of its sites, and tells which are missed. */
export async function recallOf(
  kind: Named,
  sites: readonly Site[],
  catches: Catcher,
  { count, seed, callers = false }: Sampling,
): Promise<Recall> {
  const reasonOf = ({ harmless, outOfReach }: Site) => harmless ?? (callers ? undefined : outOfReach);
  const chosen = sample(
    sites.filter((site) => reasonOf(site) === undefined),
    count,
    seed,
  );
  const missed: Site[] = [];
  for (const site of chosen) if (!(await catches(site))) missed.push(site);
  return {
    kind,
    sites: sites.length,
    leftOut: countsOf(sites.map(reasonOf)),
    mutants: chosen.length,
    missed,
  };
}

function countsOf(reasons: readonly (string | undefined)[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const reason of reasons) if (reason !== undefined) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return counts;
}

/** Figures in Markdown. */
export function recallTable(recalls: readonly Recall[], targetOf = ({ target }: Named) => target): string {
  const rows = recalls.map(({ kind, sites, leftOut, mutants, missed }) => [
    kind.name,
    String(sites),
    [...leftOut].map(([reason, count]) => `${count} (${reason})`).join(", ") || "0",
    String(mutants),
    String(mutants - missed.length),
    percent(mutants - missed.length, mutants),
    percent(targetOf(kind), 1),
  ]);
  const head = ["kind", "sites", "left out", "mutants", "caught", "recall", "target"];
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? "none" : `${((100 * part) / whole).toFixed(1)} %`;
