import { propertiesOf } from "../../checker/problem.ts";
import type { Run } from "../../checker/result.ts";
import { search } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Model } from "../../model/ir/model.ts";
import { attempt, type Violation } from "./attempt.ts";
import { type Budget, withinBudget } from "./budget.ts";
import { compareCosts, costOf } from "./cost.ts";
import { scriptOf } from "./script.ts";

export interface Searched {
  /** The shortest violation, of those the least adverse, of those with the fewest context switches. */
  readonly violation?: Violation;
  /** Every shorter run was seen: there is none, or (without a violation) the property holds so far. */
  readonly conclusive: boolean;
}

/** Searches a model for the cheapest run that violates the property. */
export function shrinkBySearch(model: Model, property: string, limits: SearchOptions): Searched {
  const { run, conclusive } = shortestRun(model, property, limits);
  const found = run && verified(model, property, run);
  if (!found) return { conclusive: conclusive && run === undefined };
  return { violation: cheapest(model, property, found, limits), conclusive: true };
}

function shortestRun(model: Model, property: string, limits: SearchOptions) {
  if (!propertiesOf(model).includes(property)) return { conclusive: true };
  const { properties, bounds, interrupted } = search(model, { ...limits, only: [property], reduce: false });
  const { run, verdict } = properties.find((each) => each.property === property) ?? {};
  if (verdict === "error") return { conclusive: false };
  const complete = bounds.every(({ kind }) => kind === "depth" || kind === "margin");
  return { ...(run && { run }), conclusive: complete && !interrupted };
}

/** As the reference semantics see it. */
function verified(model: Model, property: string, run: Run): Violation | undefined {
  return attempt(model, property, scriptOf(model, run));
}

/** Of the runs of this length: first with as few adverse outcomes as can be, then with as few switches. */
function cheapest(model: Model, property: string, known: Violation, limits: SearchOptions): Violation {
  const { adverse, steps } = costOf(model, known);
  const milder = upTo(adverse).map((fewer) => ({ adverse: fewer, switches: steps }));
  const mild = firstAffordable(model, property, known, milder, limits);
  const { switches, adverse: least } = costOf(model, mild);
  const calmer = upTo(switches).map((fewer) => ({ adverse: least, switches: fewer }));
  return firstAffordable(model, property, mild, calmer, limits);
}

const upTo = (end: number): readonly number[] => Array.from({ length: end }, (_, value) => value);

/** A cheaper run of the known one's length within the first budget that allows one; else the known one. */
function firstAffordable(
  model: Model,
  property: string,
  known: Violation,
  budgets: readonly Budget[],
  limits: SearchOptions,
): Violation {
  const cost = costOf(model, known);
  for (const budget of budgets) {
    const { run } = shortestRun(withinBudget(model, budget), property, { ...limits, maxDepth: cost.steps });
    const found = run && verified(model, property, run);
    if (found && compareCosts(costOf(model, found), cost) < 0) return found;
  }
  return known;
}
