import { TASK } from "../../model/ir/domain.ts";
import {
  add,
  and,
  cond,
  constant,
  type Expression,
  equal,
  less,
  or,
  SELF,
} from "../../model/ir/expression.ts";
import type { Model, Transition, Update } from "../../model/ir/model.ts";
import { idOf, range, shared } from "../../model/ir/place.ts";
import type { Cost } from "./cost.ts";

export type Budget = Omit<Cost, "steps">;

const LAST = "budget.last";
const SWITCHES = "budget.switches";
const ADVERSE = "budget.adverse";

/**
 * The model without the runs that exceed a budget of adverse outcomes and context switches. Its
 * transitions keep their numbers, so that its runs are runs of the model.
 */
export function withinBudget(model: Model, { adverse, switches }: Budget): Model {
  const kept = [
    shared(LAST, idOf(TASK)),
    shared(SWITCHES, range(0, switches)),
    shared(ADVERSE, range(0, adverse)),
  ];
  return {
    ...model,
    variables: [...model.variables, ...kept.map(({ variable }) => variable)],
    programs: model.programs.map((program) => ({
      ...program,
      transitions: program.transitions.map((each) => charged(each, { adverse, switches })),
    })),
  };
}

function charged(transition: Transition, budget: Budget): Transition {
  const guards = [stays(), less(read(SWITCHES), constant(budget.switches))];
  const affordable = transition.weight === 0 ? [] : [less(read(ADVERSE), constant(budget.adverse))];
  return {
    ...transition,
    guard: and(...(transition.guard ? [transition.guard] : []), or(...guards), ...affordable),
    updates: [...transition.updates, ...charges(transition)],
  };
}

function charges({ weight }: Transition): readonly Update[] {
  const switched = cond(stays(), read(SWITCHES), add(read(SWITCHES), constant(1)));
  const turn = [
    { variable: SWITCHES, value: switched },
    { variable: LAST, value: SELF },
  ];
  return weight === 0 ? turn : [...turn, { variable: ADVERSE, value: add(read(ADVERSE), constant(1)) }];
}

/** The same task goes on, or it is the first step. */
const stays = (): Expression => or(equal(read(LAST), constant(0)), equal(read(LAST), SELF));

const read = (name: string): Expression => ({ kind: "variable", name });
