import { type Expression, FALSE } from "../../../model/ir/expression.ts";
import type { Program } from "../../../model/ir/model.ts";
import type { Problem } from "../../problem.ts";
import { commutingCounters } from "./counters.ts";
import { locationsToStopAt } from "./cycles.ts";
import { ownershipOf } from "./ownership.ts";
import { type Independence, safeWhen } from "./safety.ts";
import { type Steps, stepsOf } from "./steps.ts";
import { visibilityOf } from "./visibility.ts";

/** Where a task may be moved before all others. */
export interface SafeMoves {
  /** By program and location, with `self` bound to the task; locations that are never safe are absent. */
  readonly when: ReadonlyMap<Program, ReadonlyMap<string, Expression>>;
  /** Variables that hold an owner but are not kept to the owner's rules, and the step that breaks them. */
  readonly unowned: ReadonlyMap<string, string>;
}

/** Finds the safe moves of a problem from the data of its model and checks. */
export function safeMovesOf(problem: Problem): SafeMoves {
  const steps = stepsOf(problem);
  const ownership = ownershipOf(steps);
  const independence: Independence = {
    ownership,
    counters: commutingCounters(steps),
    isVisible: visibilityOf(steps),
  };
  const when = new Map([...steps.counts.keys()].map((each) => [each, safeAt(each, independence, steps)]));
  return { when, unowned: ownership.refused };
}

function safeAt(program: Program, independence: Independence, steps: Steps): ReadonlyMap<string, Expression> {
  const safe = new Map(
    program.locations
      .map(({ name }) => [name, safeWhen(program, name, independence)] as const)
      .filter(([, condition]) => condition !== FALSE),
  );
  for (const stop of locationsToStopAt(program, (each) => safe.has(each), steps)) safe.delete(stop);
  return safe;
}
