import type { FunctionReport } from "../../checker/functions/check.ts";
import type { ExitState } from "../../checker/functions/exit-state.ts";
import type { Finding } from "../../checker/functions/finding.ts";
import { type Locals, normalise } from "../compare/locals.ts";

export const EXIT_IMBALANCE = "exit-imbalance";

/** A report with the locals of its functions, by function. */
export interface ReportedSide {
  readonly report: FunctionReport;
  readonly locals: (name: string) => Locals;
}

/**
 * Ways out that leave a lock as no way out of the same kind did on the other side, in functions that both
 * sides have: a lock is kept, or released, that was not. What is found as an imbalance anyway is left out.
 */
export function exitChanges(
  side: ReportedSide,
  other: ReportedSide,
  names: readonly string[],
): readonly Finding[] {
  return names.flatMap((name) => {
    const [ways, others] = [side.report.exits?.get(name), other.report.exits?.get(name)];
    if (!ways || !others) return [];
    const found = new Set(
      side.report.findings
        .filter(({ rule, function: each }) => rule === EXIT_IMBALANCE && each === name)
        .map(({ lock }) => lock),
    );
    const fresh = ways.filter(
      (way) => way.net !== 0 && !found.has(way.lock) && isNew(way, { name, side, other, others }),
    );
    return [...new Map(fresh.map((way) => [way.lock, way])).values()].map((way) => way.finding());
  });
}

interface Compared {
  readonly name: string;
  readonly side: ReportedSide;
  readonly other: ReportedSide;
  readonly others: readonly ExitState[];
}

function isNew(way: ExitState, { name, side, other, others }: Compared): boolean {
  const lock = normalise(way.lock, side.locals(name));
  const same = others.filter((each) => normalise(each.lock, other.locals(name)) === lock);
  const alike = same.filter(({ returns }) => returns === way.returns);
  return !(alike.length > 0 ? alike : same).some(({ net }) => net === way.net);
}
