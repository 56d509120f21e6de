import type { CheckResult } from "../../functions/check.ts";
import type { Net } from "../../functions/exit.ts";
import type { ExitState } from "../../functions/exit-finding.ts";
import type { Finding } from "../../functions/finding.ts";
import { type Locals, normalise } from "../compare/locals.ts";

export const EXIT_IMBALANCE = "exit-imbalance";

/** A report with the locals of its functions, by function. */
export interface ReportedSide {
  readonly report: CheckResult;
  readonly locals: (name: string) => Locals;
}

/** A way out that is new, as the finding that it is wrong. */
export interface ExitChange {
  readonly finding: Finding;
  readonly net: Net;
}

/**
 * Ways out that leave a lock as no way out of the same kind did on the other side, in functions that both
 * sides have: a lock is kept, or released, that was not, or no longer is where it always was. What is
 * found as an imbalance anyway is left out.
 */
export function exitChanges(
  side: ReportedSide,
  other: ReportedSide,
  names: readonly string[],
): readonly ExitChange[] {
  return names.flatMap((name) => {
    const [ways, others] = [side.report.exits?.get(name), other.report.exits?.get(name)];
    if (!ways || !others) return [];
    const known = imbalancedLocks(side.report, name);
    const found = ways.flatMap((way) => {
      if (known.has(way.lock)) return [];
      const was = sameLock(way, others, side.locals(name), other.locals(name));
      return isNew(way, was, ways) ? [{ finding: findingOf(way, was), net: way.net }] : [];
    });
    return [...new Map(found.map((each) => [each.finding.lock, each])).values()];
  });
}

const imbalancedLocks = ({ findings }: CheckResult, name: string): ReadonlySet<string> =>
  new Set(
    findings.flatMap((each) => (each.rule === EXIT_IMBALANCE && each.function === name ? [each.lock] : [])),
  );

/** What the other side does to the lock on ways out of the same kind; on all where it has none of that kind. */
function sameLock(
  { lock, returns }: ExitState,
  others: readonly ExitState[],
  locals: Locals,
  otherLocals: Locals,
): readonly ExitState[] {
  const wanted = normalise(lock, locals);
  const same = others.filter((each) => normalise(each.lock, otherLocals) === wanted);
  const alike = same.filter((each) => each.returns === returns);
  return alike.length > 0 ? alike : same;
}

/** To leave a lock alone is new only beside ways out of the same kind that do not, as all did before. */
function isNew(
  { net, lock, returns }: ExitState,
  was: readonly ExitState[],
  ways: readonly ExitState[],
): boolean {
  if (was.some((each) => each.net === net)) return false;
  const beside = ways.filter((each) => each.lock === lock && each.returns === returns && each.net !== 0);
  return net !== 0 || (was.length > 0 && beside.length > 0);
}

function findingOf(way: ExitState, was: readonly ExitState[]): Finding {
  const finding = way.finding();
  if (way.net !== 0) return finding;
  const verb = was.some(({ net }) => net === -1) ? "released" : "taken";
  return { ...finding, message: `returns without having ${verb}, as before, ${way.lock}` };
}
