import { renderText } from "../../counterexamples/render/text.ts";
import type { Subject } from "../../counterexamples/subject.ts";
import type { Trace } from "../../counterexamples/trace/trace.ts";
import { type TraceOptions, traceFormat } from "./options.ts";

/** A counterexample in the form asked for. */
export async function tellTrace(subject: Subject, trace: Trace, options: TraceOptions): Promise<string> {
  if (traceFormat(options) === "text") return renderText(trace, { verbose: options.verbose === true });
  const { renderLockdep } = await import("../../counterexamples/lockdep/view.ts");
  return renderLockdep(subject, trace);
}
