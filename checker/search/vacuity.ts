import type { EngineReport } from "../backends/memory.ts";
import type { Check, Problem } from "../problem.ts";
import type { Unreached } from "../result.ts";

/** The transitions that no reachable state enables. */
export function unreachedOf(problem: Problem, report: EngineReport): readonly Unreached[] {
  return problem.transitions.flatMap(({ program, position, transition }, number) => {
    if (report.fired[number] !== 0) return [];
    const { label, source } = transition;
    return [{ program: program.name, transition: position, label, ...(source && { source }) }];
  });
}

/** Whether anything that was reached could have violated the check. */
export function wasEvaluated(problem: Problem, report: EngineReport, check: Check): boolean {
  if (check.kind === "assertion") return report.fired[check.transition] !== 0;
  const { invariant } = check;
  return invariant.kind !== "location" || wasAt(problem, report, invariant.program, invariant.location);
}

function wasAt(problem: Problem, report: EngineReport, program: string, location: string): boolean {
  const runs = problem.model.tasks.some((group) => group.program === program && group.count > 0);
  const starts = problem.model.programs.some(({ name, start }) => name === program && start === location);
  if (runs && starts) return true;
  return problem.transitions.some(
    (each, number) =>
      each.program.name === program && each.transition.to === location && report.fired[number] === 2,
  );
}
