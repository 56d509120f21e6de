import type { Engine } from "../backends/back-end.ts";
import { isWitness, type Problem } from "../problem.ts";
import { NO_STATE } from "../store/state-store.ts";
import type { Sweep } from "./sweep.ts";

/** A state in which a check fails (or is satisfied, for a witness), and what a run to it costs. */
export interface Finding {
  readonly check: number;
  readonly state: number;
  /** Steps of the run: one more than to the state where a transition's assertion fails. */
  readonly length: number;
  /** Adverse choices of the run. */
  readonly weight: number;
}

/** The best finding of each property that is violated: the shortest, then the least adverse, then the first. */
export function violationsOf(problem: Problem, engine: Engine, sweep: Sweep): ReadonlyMap<string, Finding> {
  return bestFindings(problem, engine, sweep, false);
}

/** Of each property that seeks witnesses, and found them all: the first. */
export function witnessesOf(problem: Problem, engine: Engine, sweep: Sweep): ReadonlyMap<string, Finding> {
  const missing = new Set(
    problem.checks.flatMap((check, number) =>
      isWitness(check) && engine.report.firstSeen[number] === NO_STATE ? [check.property] : [],
    ),
  );
  const found = bestFindings(problem, engine, sweep, true);
  return new Map([...found].filter(([property]) => !missing.has(property)));
}

function bestFindings(
  problem: Problem,
  engine: Engine,
  sweep: Sweep,
  witness: boolean,
): ReadonlyMap<string, Finding> {
  const best = new Map<string, Finding>();
  problem.checks.forEach((check, number) => {
    const state = engine.report.firstSeen[number] ?? NO_STATE;
    if (state === NO_STATE || isWitness(check) !== witness) return;
    const found = findingOf(problem, engine, sweep, number, state);
    const known = best.get(check.property);
    if (!known || compare(found, known) < 0) best.set(check.property, found);
  });
  return best;
}

function findingOf(problem: Problem, engine: Engine, sweep: Sweep, check: number, state: number): Finding {
  const depth = sweep.levels.findIndex(({ end }) => state < end);
  const judged = problem.checks[check];
  const weight = engine.weight(state);
  if (judged?.kind !== "assertion") return { check, state, length: depth, weight };
  const last = problem.transitions[judged.transition]?.transition.weight ?? 0;
  return { check, state, length: depth + 1, weight: weight + last };
}

function compare(one: Finding, other: Finding): number {
  return one.length - other.length || one.weight - other.weight || one.state - other.state;
}
