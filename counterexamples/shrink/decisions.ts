import { transitionOf } from "../../checker/interpret/interpret.ts";
import type { Run } from "../../checker/result.ts";
import { search } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Model, Transition } from "../../model/ir/model.ts";
import { withinBudget } from "./budget.ts";

/**
 * The run that takes the fewest decisions, outcomes and branches alike, and of those the shortest. The run
 * given, where no other takes fewer or the search does not come to an end.
 */
export function withFewestDecisions(model: Model, property: string, run: Run, limits: SearchOptions): Run {
  const counted = countingDecisions(model);
  for (let adverse = 0; adverse < decisionsIn(model, run); adverse++) {
    const within = withinBudget(counted, { adverse, switches: run.moves.length });
    const { properties, bounds } = search(within, { ...limits, only: [property], reduce: false });
    const { run: found, verdict } = properties.find((each) => each.property === property) ?? {};
    if (verdict === "error") break;
    if (found) return found;
    if (bounds.some(({ kind }) => kind !== "margin")) break;
  }
  return run;
}

export function decisionsIn(model: Model, { moves }: Run): number {
  return moves.filter((move) => decides(transitionOf(model, move))).length;
}

/** Each decision weighs what an adverse outcome does. */
function countingDecisions(model: Model): Model {
  return {
    ...model,
    programs: model.programs.map((program) => ({
      ...program,
      transitions: program.transitions.map((each) => ({ ...each, weight: decides(each) ? 1 : 0 })),
    })),
  };
}

const decides = ({ decision }: Transition): boolean => decision !== undefined && decision.kind !== "layout";
