import type { Engine } from "../backends/back-end.ts";
import { type Check, isWitness, type Problem, propertiesJudged, seeksOnlyWitnesses } from "../problem.ts";
import type { Bound, FoundFault, PropertyResult, Verdict } from "../result.ts";
import { NO_STATE } from "../store/state-store.ts";
import { errorBy } from "./fault.ts";
import { type Finding, violationsOf, witnessesOf } from "./finding.ts";
import { runTo } from "./run.ts";
import type { Sweep } from "./sweep.ts";
import { wasEvaluated } from "./vacuity.ts";

/** What the search says of each property. */
export function judge(
  problem: Problem,
  engine: Engine,
  sweep: Sweep,
  fault?: FoundFault,
): readonly PropertyResult[] {
  const violations = violationsOf(problem, engine, sweep);
  const witnesses = witnessesOf(problem, engine, sweep);
  const unfinished = unfinishedVerdict(boundsOfSweep(problem, engine, sweep), sweep.interrupted);
  return propertiesJudged(problem).map((property) => {
    const evaluated = problem.checks.some(
      (check) => check.property === property && wasEvaluated(problem, engine.report, check),
    );
    const violation = violations.get(property);
    if (violation) return { property, evaluated, ...violated(problem, engine, violation) };
    const witness = witnesses.get(property);
    if (witness && seeksOnlyWitnesses(problem, property)) {
      return { property, evaluated, verdict: "holds", run: runTo(problem, engine, witness) };
    }
    if (fault) return { property, evaluated, ...errorBy(fault, property) };
    if (unfinished) return { property, evaluated, verdict: unfinished };
    const missing = missingWitness(problem, engine, property);
    if (missing) return { property, evaluated, verdict: "violated", message: messageOf(missing) };
    return { property, evaluated, verdict: "holds" };
  });
}

/** What kept the search from being exhaustive, or may have: margins and hashes included. */
export function boundsOfSweep({ margins }: Problem, engine: Engine, sweep: Sweep): readonly Bound[] {
  const reached = margins.filter((_, number) => engine.report.margins[number] === 1);
  const omission = engine.omission?.();
  return [
    ...sweep.bounds,
    ...(omission ? [omission] : []),
    ...reached.map(({ variable, limit }): Bound => ({ kind: "margin", detail: `${variable} at ${limit}` })),
  ];
}

function violated(problem: Problem, engine: Engine, finding: Finding) {
  const message = messageOf(problem.checks[finding.check]);
  return { verdict: "violated" as const, run: runTo(problem, engine, finding), message };
}

function messageOf(check: Check | undefined): string {
  if (check?.kind === "assertion") return check.assertion.message;
  if (check?.invariant.kind === "no-deadlock") return "no task can go on, and not all have ended";
  return check?.invariant.message ?? "";
}

function unfinishedVerdict(bounds: readonly Bound[], interrupted: boolean): Verdict | undefined {
  if (interrupted) return "interrupted";
  return bounds.length > 0 ? "holds-within-bound" : undefined;
}

function missingWitness(problem: Problem, { report }: Engine, property: string): Check | undefined {
  return problem.checks.find(
    (check, number) =>
      check.property === property && isWitness(check) && report.firstSeen[number] === NO_STATE,
  );
}
