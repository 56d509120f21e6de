import type { Model } from "../../../model/ir/model.ts";
import { initialStates } from "../../interpret/initial-states.ts";
import { ModelError } from "../../interpret/model-error.ts";
import { type Problem, problemOf } from "../../problem.ts";
import type { PropertyResult } from "../../result.ts";
import { packed } from "../../search/run.ts";
import { search } from "../../search/search.ts";
import { settledBy } from "../../search/settled.ts";
import { sweepChecked } from "../../search/sweep-checked.ts";
import { unreachedOf } from "../../search/vacuity.ts";
import { boundsOfSweep, judge } from "../../search/verdict.ts";
import type { SearchOptions } from "../../search-options.ts";
import { reducedEngine } from "../engine/reduced-engine.ts";
import { type ReductionPlan, reductionsOf } from "../reductions.ts";

/** What a search found out that does not depend on the order of its steps. */
export interface Outcome {
  readonly verdicts: Readonly<Record<string, string>>;
  readonly unreached: readonly string[];
  readonly bounds: readonly string[];
  /** Whether a step leaves its domain, or an index names nothing. */
  readonly wrong: boolean;
}

export interface Searched {
  readonly outcome: Outcome;
  readonly states: number;
  readonly properties: readonly PropertyResult[];
}

const WRONG: Searched = {
  outcome: { verdicts: {}, unreached: [], bounds: [], wrong: true },
  states: 0,
  properties: [],
};

export function searchedInFull(model: Model, options: SearchOptions = {}): Searched {
  return orWrong(() => {
    const { properties, unreached, bounds, states, fault } = search(model, { ...options, reduce: false });
    return fault ? WRONG : searched(properties, unreached, bounds, states);
  });
}

/** By the plan alone: the runs are as they were found, not shortened. */
export function searchedBy(plan: ReductionPlan, model: Model, options: SearchOptions = {}): Searched {
  return orWrong(() => {
    const problem = problemOf(model, options.only);
    const engine = reducedEngine(problem, plan);
    for (const state of initialStates(model)) engine.insert(packed(problem, state));
    const swept = sweepChecked(problem, engine, options, settledBy(problem, engine));
    const properties = judge(problem, engine, swept);
    return searched(
      properties,
      unreachedOf(problem, engine.report),
      boundsOfSweep(problem, engine, swept),
      engine.size(),
    );
  });
}

export function planOf(model: Model, problem: Problem = problemOf(model)): ReductionPlan | undefined {
  return reductionsOf(problem, {}).plan;
}

function searched(
  properties: readonly PropertyResult[],
  unreached: readonly { readonly program: string; readonly transition: number }[],
  bounds: readonly { readonly detail: string }[],
  states: number,
): Searched {
  return {
    outcome: {
      verdicts: Object.fromEntries(properties.map(({ property, verdict }) => [property, verdict])),
      unreached: unreached.map(({ program, transition }) => `${program} ${transition}`),
      bounds: bounds.map(({ detail }) => detail).sort(),
      wrong: false,
    },
    states,
    properties,
  };
}

function orWrong(find: () => Searched): Searched {
  try {
    return find();
  } catch (error) {
    if (error instanceof ModelError) return WRONG;
    throw error;
  }
}
