import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";

/** How a counterexample is told and kept. */
export interface TraceOptions {
  readonly format?: string;
  readonly explain?: boolean;
  readonly shrink?: boolean;
  readonly shrinkByReplay?: boolean;
  readonly trace?: string;
  readonly verbose?: boolean;
}

export const TRACE_FORMATS = ["text", "lockdep"] as const;
export type TraceFormat = (typeof TRACE_FORMATS)[number];

export function declareTraceOptions(command: Command): Command {
  return command
    .option("--format <name>", `how to show a counterexample: ${TRACE_FORMATS.join(", ")} (default: text)`)
    .option("--explain", "say what failed, since when, and what would have saved it (default in text)")
    .option("--no-explain", "leave that out, and the search for it")
    .option("--shrink", "make counterexamples small first: fewest tasks and sizes, then steps")
    .option("--shrink-by-replay", "the same without any search, and so not proven shortest")
    .option("--trace <file>", "write the counterexample as JSON")
    .option("-v, --verbose", "every step in full");
}

/** @throws InputError for an unknown format. */
export function traceFormat({ format = "text" }: TraceOptions): TraceFormat {
  const found = TRACE_FORMATS.find((each) => each === format);
  if (found) return found;
  throw new InputError(`unknown format '${format}' (valid: ${TRACE_FORMATS.join(", ")})`);
}

/** Explanations are part of the text, unless they are not wanted; elsewhere they are there where asked for. */
export function explainingText(options: TraceOptions): TraceOptions {
  return traceFormat(options) === "text" ? { explain: true, ...options } : options;
}
