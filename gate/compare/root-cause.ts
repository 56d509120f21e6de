import type { PlacedFinding } from "../judge/place.ts";

/** A finding, and those that the same mistake leads to. */
export interface RootCause<F> {
  readonly finding: F;
  readonly consequences: readonly F[];
}

/**
 * Groups findings by cause: those of one function that go back to the same changed statement, or of which
 * one's path runs through the site of the other; what comparing paths says of a lock adds nothing to what
 * else is found of it. The surest with the shortest path stands for its group.
 */
export function rootCauses<F extends PlacedFinding & { readonly guilty?: { readonly from: number } }>(
  findings: readonly F[],
): readonly RootCause<F>[] {
  const causes: { finding: F; consequences: F[] }[] = [];
  for (const finding of [...findings].sort(bySureness)) {
    const cause = causes.find((each) => leadsTo(each.finding, finding));
    if (cause) cause.consequences.push(finding);
    else causes.push({ finding, consequences: [] });
  }
  return causes;
}

function bySureness(one: PlacedFinding, other: PlacedFinding): number {
  const audit = ({ confidence }: PlacedFinding) => (confidence === "audit" ? 1 : 0);
  return audit(one) - audit(other) || one.path.length - other.path.length;
}

type Caused = PlacedFinding & { readonly guilty?: { readonly from: number } };

function leadsTo(cause: Caused, finding: Caused): boolean {
  if (cause.file !== finding.file || cause.function !== finding.function) return false;
  const sameGuilt = cause.guilty !== undefined && cause.guilty.from === finding.guilty?.from;
  const isCompared = cause.site !== undefined || finding.site !== undefined;
  return sameGuilt || (isCompared && cause.lock === finding.lock) || startsWith(finding.path, cause.path);
}

const startsWith = (path: PlacedFinding["path"], prefix: PlacedFinding["path"]): boolean =>
  prefix.length > 0 &&
  prefix.length < path.length &&
  prefix.every((step, at) => step.line === path[at]?.line);
