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
  const { when, unowned } = independentMovesOf(steps);
  return {
    when: new Map([...when].map(([program, safe]) => [program, stopped(program, safe, steps)])),
    unowned,
  };
}

/** As `safeMovesOf`, but tasks may go round for ever: for want of the cycle proviso, not safe by itself. */
export function independentMovesOf(steps: Steps): SafeMoves {
  const ownership = ownershipOf(steps);
  const counters = commutingCounters(steps);
  const independence: Independence = { ownership, counters, isVisible: visibilityOf(steps) };
  const when = new Map([...steps.counts.keys()].map((each) => [each, conditionsOf(each, independence)]));
  return { when, unowned: ownership.refused };
}

type Conditions = ReadonlyMap<string, Expression>;

function conditionsOf(program: Program, independence: Independence): Conditions {
  const conditions = program.locations.map(
    ({ name }) => [name, safeWhen(program, name, independence)] as const,
  );
  return new Map(conditions.filter(([, condition]) => condition !== FALSE));
}

function stopped(program: Program, safe: Conditions, steps: Steps): Conditions {
  const stops = locationsToStopAt(program, (each) => safe.has(each), steps);
  return new Map([...safe].filter(([location]) => !stops.has(location)));
}
