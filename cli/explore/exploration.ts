import type { PropertyResult, SearchResult } from "../../checker/result.ts";
import { errorBy } from "../../checker/search/fault.ts";
import type { Family } from "../../counterexamples/shrink/family.ts";
import { traceFor } from "../../counterexamples/trace/build.ts";
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
  if (names.length === 0) return { family, result, properties: [judgedByNothing(result)] };
  const judged = (name: string) => result.properties.find(({ property }) => property === name);
  return { family, result, properties: names.map((name) => judged(name) ?? vacuous(name)) };
}

/** Stands where a model is judged by nothing at all. */
function judgedByNothing({ fault }: SearchResult): PropertyResult {
  const message = "the model has no invariant, no assertion and no property";
  if (!fault) return { property: "none", verdict: "nothing-to-check", message, evaluated: false };
  return { property: "none", evaluated: false, ...errorBy(fault, "none") };
}

/** The run that violates a property, or to what is wrong with the model; undefined where no single one does. */
export async function counterexampleTo(
  { family }: Exploration,
  { property, verdict, run, shortest = true }: PropertyResult,
  options: TraceOptions,
): Promise<Counterexample | undefined> {
  if (!run || (verdict !== "violated" && verdict !== "error")) return undefined;
  // What is wrong may lie in what another property adds to the model.
  const trace = traceFor(family.subject, property, run, shortest);
  return trace && refine(family, trace, options);
}
