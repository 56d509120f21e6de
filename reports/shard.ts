import type { SuppressionUse } from "../functions/suppress.ts";

/** What one part of a check needs to say, so that all parts together make the report of the whole. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
  /** The command of the whole. */
  readonly command: string;
  readonly failsOnAudit: boolean;
  readonly notJudged: readonly string[];
  /** What the configuration takes back, in its order: whether this part has the function, and took a finding of it back. */
  readonly suppressions: readonly SuppressionUse[];
}

/** Warnings about suppressions that take nothing back though their function is there, in some part or another. */
export function staleIn(parts: readonly Pick<Shard, "suppressions">[]): readonly string[] {
  const [first, ...others] = parts.map(({ suppressions }) => suppressions);
  return (first ?? []).flatMap((each, at) => {
    const all = [each, ...others.flatMap((more) => more[at] ?? [])];
    const isStale = all.some(({ defined }) => defined) && !all.some(({ taken }) => taken);
    return isStale ? [each.warning] : [];
  });
}
