import { madvise } from "../../model/scenarios/madvise/index.ts";
import { properties } from "../../properties/library.ts";
import { explained } from "../explain/explain.ts";
import { scenarioFamily } from "../shrink/family.ts";
import { searchSmallest } from "../shrink/shrink.ts";
import type { Subject } from "../subject.ts";
import { traceOf } from "../trace/build.ts";
import type { Trace } from "../trace/trace.ts";

/** A violation of the madvise scenario in its smallest size and shortest run, explained. */
export function smallestTrace(version: string, property: string): { subject: Subject; trace: Trace } {
  const choice = { version, parameters: { ptes: 2, folios: 1, batch: 2 } };
  const found = searchSmallest(scenarioFamily(madvise, choice, properties), property);
  if (!found) throw new Error(`${version} does not violate ${property} at 2 ptes`);
  const { subject, run, shortest } = found;
  return { subject, trace: explained(subject, traceOf(subject, property, run, shortest)) };
}
