import type { Engine } from "../backends/back-end.ts";
import { type Problem, propertiesJudged, seeksOnlyWitnesses } from "../problem.ts";
import { violationsOf, witnessesOf } from "./finding.ts";
import type { Sweep } from "./sweep.ts";

/**
 * Whether, after whole levels, nothing is left to judge: each property is violated by a run that no other
 * can undercut, or has its witnesses.
 */
export function isSettled(problem: Problem, engine: Engine, sweep: Sweep): boolean {
  if (problem.checks.length === 0 || sweep.levels.length === 0) return false;
  const violations = violationsOf(problem, engine, sweep);
  const witnesses = witnessesOf(problem, engine, sweep);
  return propertiesJudged(problem).every((property) => {
    const violation = violations.get(property);
    if (violation) return violation.length <= sweep.depth || !judgesStates(problem, property);
    return witnesses.has(property) && seeksOnlyWitnesses(problem, property);
  });
}

function judgesStates(problem: Problem, property: string): boolean {
  return problem.checks.some((check) => check.property === property && check.kind === "invariant");
}
