import type { Environment } from "../../checker/interpret/interpret.ts";
import type { Run } from "../../checker/result.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import type { Model } from "../../model/ir/model.ts";
import type { ListingLine } from "../../model/ir/procedure.ts";
import type { Subject } from "../subject.ts";
import { runOf } from "../trace/build.ts";
import { execute } from "../trace/execution.ts";
import type { Trace } from "../trace/trace.ts";
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

/**
 * The trace with why it violates its property; as it is where the model is wrong, which its message says. `limits`: how
 * far to search for what would have saved it.
 */
export function explained(subject: Subject, trace: Trace, limits?: SearchOptions): Trace {
  if (trace.verdict === "error") return trace;
  const model = subject.judgedBy([trace.property]);
  const explanation = explain(model, trace.property, runOf(trace), limits);
  return { ...trace, explanation: withWholeLine(subject.listing, trace, explanation) };
}

/** A branch is told with what it leads to: `if (err) continue;`. */
function withWholeLine(
  listing: readonly ListingLine[],
  { steps }: Trace,
  explanation: Explanation,
): Explanation {
  const { guilty } = explanation;
  const taken = steps[(guilty?.step ?? 0) - 1]?.decision;
  if (!guilty?.source || taken?.kind !== "branch" || taken.alternative !== "true") return explanation;
  const at = listing.findIndex(({ line }) => line === guilty.source?.line);
  const [own, next] = [listing[at], listing[at + 1]];
  if (!own || !next || next.depth <= own.depth) return explanation;
  return {
    ...explanation,
    guilty: { ...guilty, source: { ...guilty.source, text: `${own.text} ${next.text}` } },
  };
}
