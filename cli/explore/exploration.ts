import type { PropertyResult, SearchResult } from "../../checker/result.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import { traceOf } from "../../counterexamples/trace/build.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";

/** What a search said of a subject. */
export interface Exploration {
  readonly subject: Subject;
  readonly result: SearchResult;
  /** One for each property that was asked for, in that order. */
  readonly properties: readonly PropertyResult[];
}

/** A property that demands nothing of this model, since nothing in it concerns it, holds unevaluated. */
export function explorationOf(subject: Subject, result: SearchResult, names: readonly string[]): Exploration {
  const vacuous = (property: string): PropertyResult => ({ property, verdict: "holds", evaluated: false });
  const judged = (name: string) => result.properties.find(({ property }) => property === name);
  return { subject, result, properties: names.map((name) => judged(name) ?? vacuous(name)) };
}

/** The counterexample to a property; undefined where it is not violated, or by no single run. */
export function traceFor(
  { subject }: Exploration,
  { property, verdict, run }: PropertyResult,
): Trace | undefined {
  return verdict === "violated" && run ? traceOf(subject, property, run, true) : undefined;
}
