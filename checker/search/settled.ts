import type { Engine } from "../backends/back-end.ts";
import { type Problem, propertiesJudged, seeksOnlyWitnesses } from "../problem.ts";
import { NO_STATE } from "../store/state-store.ts";
import { violationsOf, witnessesOf } from "./finding.ts";
import type { Sweep } from "./sweep.ts";

/**
 * Tells whether, after whole levels, nothing is left to judge: each property is violated by a run that no
 * other can undercut, or has its witnesses.
 */
export function settledBy(problem: Problem, engine: Engine): (sweep: Sweep) => boolean {
  const judged = propertiesJudged(problem);
  if (judged.length === 0) return () => false;
  return (sweep) =>
    sweep.levels.length > 0 &&
    !anyUnseen(judged, problem, engine) &&
    isSettled(judged, problem, engine, sweep);
}

/** Whether of some property nothing was seen yet; asked after each level, and cheap. */
function anyUnseen(judged: readonly string[], { checks }: Problem, { report }: Engine): boolean {
  const seen = new Set<string>();
  checks.forEach(({ property }, number) => {
    if (report.firstSeen[number] !== NO_STATE) seen.add(property);
  });
  return seen.size < judged.length;
}

function isSettled(judged: readonly string[], problem: Problem, engine: Engine, sweep: Sweep): boolean {
  const violations = violationsOf(problem, engine, sweep);
  const witnesses = witnessesOf(problem, engine, sweep);
  return judged.every((property) => {
    const violation = violations.get(property);
    if (violation) return violation.length <= sweep.depth || !judgesStates(problem, property);
    return witnesses.has(property) && seeksOnlyWitnesses(problem, property);
  });
}

function judgesStates(problem: Problem, property: string): boolean {
  return problem.checks.some((check) => check.property === property && check.kind === "invariant");
}
