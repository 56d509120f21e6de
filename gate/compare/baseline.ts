import type { Consequence, GateFinding } from "../result.ts";
import { eachAlone } from "./callee.ts";

/** Findings that are known and accepted: how often each may occur. */
export interface Baseline {
  readonly holdfast: "baseline";
  readonly version: 1;
  readonly findings: readonly BaselineEntry[];
}

export interface BaselineEntry {
  readonly digest: string;
  readonly rule: string;
  readonly file: string;
  readonly function: string;
  readonly count: number;
}

/** Writes down what a report finds new, beside what was known, so that it counts as known from now on. */
export function writeBaseline(findings: readonly GateFinding[], known?: Baseline): string {
  const counted = new Map(known?.findings.map((each) => [each.digest, each]));
  for (const { digest, rule, file, function: name } of findings.flatMap(eachAlone)) {
    const count = (counted.get(digest)?.count ?? 0) + 1;
    counted.set(digest, { digest, rule, file, function: name, count });
  }
  const sorted = [...counted.values()].sort((one, other) => one.digest.localeCompare(other.digest));
  return `${JSON.stringify({ holdfast: "baseline", version: 1, findings: sorted }, undefined, 2)}\n`;
}

/** Those of the findings that the baseline has, each as often as it has it. */
export function knownFindings(findings: readonly Consequence[], { findings: entries }: Baseline) {
  const left = new Map(entries.map(({ digest, count }) => [digest, count]));
  const known = findings.filter(({ digest }) => {
    const count = left.get(digest) ?? 0;
    left.set(digest, count - 1);
    return count > 0;
  });
  return new Set(known);
}

/** Entries about a file that was judged, of which nothing is found any more. */
export function staleEntries(
  findings: readonly Consequence[],
  files: ReadonlySet<string>,
  { findings: entries }: Baseline,
): readonly string[] {
  const found = new Set(findings.map(({ digest }) => digest));
  return entries
    .filter(({ digest, file }) => files.has(file) && !found.has(digest))
    .map((each) => `stale baseline entry ${each.digest}: ${each.rule} in ${each.file}: ${each.function}()`);
}
