import type { Family } from "../../counterexamples/shrink/family.ts";
import type { ShrinkOptions } from "../../counterexamples/shrink/shrink.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import { runOf, traceOf } from "../../counterexamples/trace/build.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import type { TraceOptions } from "./options.ts";

/** A trace, and the model that it is of: a smaller one where it was shrunk. */
export interface Counterexample {
  readonly subject: Subject;
  readonly trace: Trace;
}

/** Shrinks and explains a trace of the family's model, where that is asked for. */
export async function refine(
  family: Family,
  trace: Trace,
  { shrink, shrinkByReplay, explain }: TraceOptions,
): Promise<Counterexample> {
  const how: ShrinkOptions = shrinkByReplay === true ? { search: false } : {};
  const wanted = trace.verdict === "violated" && (shrink === true || shrinkByReplay === true);
  const small = wanted ? await shrunk(family, trace, how) : { subject: family.subject, trace };
  if (explain !== true) return small;
  const { explained } = await import("../../counterexamples/explain/explain.ts");
  return { ...small, trace: explained(small.subject, small.trace) };
}

async function shrunk(family: Family, trace: Trace, how: ShrinkOptions): Promise<Counterexample> {
  const shrinking = await import("../../counterexamples/shrink/shrink.ts");
  const { subject, run, shortest } = shrinking.shrink(family, trace.property, runOf(trace), how);
  return { subject, trace: traceOf(subject, trace.property, run, shortest) };
}
