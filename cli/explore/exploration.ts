import type { PropertyResult, SearchResult } from "../../checker/result.ts";
import type { Family } from "../../counterexamples/shrink/family.ts";
import { traceOf } from "../../counterexamples/trace/build.ts";
import type { TraceOptions } from "../trace/options.ts";
import { type Counterexample, refine } from "../trace/refine.ts";

/** What a search said of a model. */
export interface Exploration {
  readonly family: Family;
  readonly result: SearchResult;
  /** One for each property that was asked for, in that order. */
  readonly properties: readonly PropertyResult[];
  /** Options that walk the same ways again, where walks were random. */
  readonly again?: readonly string[];
}

/**
 * A property that demands nothing of this model, since nothing in it concerns it, holds unevaluated; but
 * random walks never say that anything holds.
 */
export function explorationOf(family: Family, result: SearchResult, names: readonly string[]): Exploration {
  const random = result.bounds.some(({ kind }) => kind === "omission");
  const verdict = random ? "holds-within-bound" : "holds";
  const vacuous = (property: string): PropertyResult => ({ property, verdict, evaluated: false });
  if (names.length === 0) return { family, result, properties: [NOTHING] };
  const judged = (name: string) => result.properties.find(({ property }) => property === name);
  return { family, result, properties: names.map((name) => judged(name) ?? vacuous(name)) };
}

/** Stands where a model is judged by nothing at all. */
const NOTHING: PropertyResult = {
  property: "none",
  verdict: "nothing-to-check",
  message: "the model has no invariant, no assertion and no property",
  evaluated: false,
};

/** The counterexample to a property; undefined where it is not violated, or by no single run. */
export async function counterexampleTo(
  { family }: Exploration,
  { property, verdict, run, shortest = true }: PropertyResult,
  options: TraceOptions,
): Promise<Counterexample | undefined> {
  if (verdict !== "violated" || !run) return undefined;
  return refine(family, traceOf(family.subject, property, run, shortest), options);
}
