import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";

/** How a counterexample is told and kept. */
export interface TraceOptions {
  readonly format?: string;
  readonly explain?: boolean;
  readonly shrink?: boolean;
  readonly trace?: string;
  readonly verbose?: boolean;
}

export const TRACE_FORMATS = ["text", "lockdep"] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

export function declareTraceOptions(command: Command): Command {
  return command
    .option("--format <name>", `how to show a counterexample: ${TRACE_FORMATS.join(", ")} (default: text)`)
    .option("--explain", "also what failed, since when, and what would have saved it")
    .option("--shrink", "make counterexamples small first: fewest tasks and sizes, then steps")
    .option("--trace <file>", "write the counterexample as JSON")
    .option("-v, --verbose", "every step in full");
}

/** @throws InputError for an unknown format. */
export function traceFormat({ format = "text" }: TraceOptions): TraceFormat {
  const found = TRACE_FORMATS.find((each) => each === format);
  if (found) return found;
  throw new InputError(`unknown format '${format}' (valid: ${TRACE_FORMATS.join(", ")})`);
}
