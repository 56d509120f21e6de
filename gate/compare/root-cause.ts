import type { PlacedFinding } from "../judge/place.ts";

/** A finding, and the rules that its own going-on violates as well. */
export interface RootCause<F extends PlacedFinding = PlacedFinding> {
  readonly finding: F;
  readonly consequences: readonly F[];
}

/**
 * Groups findings by cause: one whose path runs through the site of another, in the same function, is a
 * consequence of that other. The first of several at one site stands for them.
 */
export function rootCauses<F extends PlacedFinding>(findings: readonly F[]): readonly RootCause<F>[] {
  const ordered = [...findings].sort((one, other) => one.path.length - other.path.length);
  const causes: { finding: F; consequences: F[] }[] = [];
  for (const finding of ordered) {
    const cause = causes.find((each) => leadsTo(each.finding, finding));
    if (cause) cause.consequences.push(finding);
    else causes.push({ finding, consequences: [] });
  }
  return causes;
}

function leadsTo(cause: PlacedFinding, finding: PlacedFinding): boolean {
  if (cause.file !== finding.file || cause.function !== finding.function) return false;
  return startsWith(finding.path, cause.path) || sameSite(cause, finding);
}

const startsWith = (path: PlacedFinding["path"], prefix: PlacedFinding["path"]): boolean =>
  prefix.length > 0 &&
  prefix.length <= path.length &&
  prefix.every((step, at) => step.line === path[at]?.line);

const sameSite = (one: PlacedFinding, other: PlacedFinding): boolean =>
  one.line === other.line && one.lock === other.lock && one.rule === other.rule;
