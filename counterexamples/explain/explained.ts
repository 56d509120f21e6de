import type { SearchOptions } from "../../checker/result.ts";
import type { Subject } from "../subject.ts";
import { runOf } from "../trace/build.ts";
import type { Trace } from "../trace/trace.ts";
import { explain } from "./explain.ts";

/** The trace with why it violates its property. `limits`: how far to search for what would have saved it. */
export function explained(subject: Subject, trace: Trace, limits?: SearchOptions): Trace {
  const model = subject.judgedBy([trace.property]);
  return { ...trace, explanation: explain(model, trace.property, runOf(trace), limits) };
}
