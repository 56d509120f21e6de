import type { Environment } from "../../checker/interpret/interpret.ts";
import type { Run } from "../../checker/result.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Model } from "../../model/ir/model.ts";
import { execute } from "../trace/execution.ts";
import { blameFor } from "./blame.ts";
import type { Conjunct } from "./conjunct.ts";
import type { Explanation, FailedPart } from "./explanation.ts";
import { historyOf } from "./history.ts";
import { pivotOf } from "./pivot.ts";
import { showExpression, valuesIn } from "./show-expression.ts";

/**
 * Why a run violates the property at its end. `limits`: how far to search for what would have saved it.
 * @throws Error where the run is none of the model's.
 */
export function explain(model: Model, property: string, run: Run, limits?: SearchOptions): Explanation {
  const execution = execute(model, run);
  const blame = blameFor(model, execution, property);
  return {
    failed: blame ? blame.conjuncts.map((each) => failedPart(each, blame.environment)) : [],
    ...(blame && historyOf(property, execution, blame)),
    ...pivotOf(model, property, execution, limits),
  };
}

/** `ptl.owner is task 1`; what another task waits for is told with whose it is. */
function failedPart({ condition, bindings, self }: Conjunct, environment: Environment): FailedPart {
  const here = { ...environment, bindings, ...(self !== undefined && { self }) };
  const demanded = showExpression(condition, here);
  const whose = self === undefined ? "" : `task ${self} goes on where `;
  return { demanded: `${whose}${demanded}`, found: valuesIn(condition, here) };
}
