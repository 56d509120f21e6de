import type { SearchOptions } from "../../checker/search-options.ts";
import type { ListingLine } from "../../model/ir/procedure.ts";
import type { Subject } from "../subject.ts";
import { runOf } from "../trace/build.ts";
import type { Trace } from "../trace/trace.ts";
import { explain } from "./explain.ts";
import type { Explanation } from "./explanation.ts";

/** The trace with why it violates its property. `limits`: how far to search for what would have saved it. */
export function explained(subject: Subject, trace: Trace, limits?: SearchOptions): Trace {
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
