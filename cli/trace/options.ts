import type { Command } from "commander";

/** How a counterexample is told and kept. */
export interface TraceOptions {
  readonly explain?: boolean;
  readonly shrink?: boolean;
  readonly shrinkByReplay?: boolean;
  readonly trace?: string;
  readonly verbose?: boolean;
}

export function declareTraceOptions(command: Command): Command {
  return command
    .option("--explain", "say what failed, since when, and what would have saved it (default in text)")
    .option("--no-explain", "leave that out, and the search for it")
    .option("--shrink", "make counterexamples small first: fewest tasks and sizes, then steps")
    .option("--shrink-by-replay", "the same without any search, and so not proven shortest")
    .option("--trace <file>", "write the counterexample as JSON")
    .option("-v, --verbose", "every step in full");
}

/** Explanations are part of the text, unless they are not wanted; elsewhere they are there where asked for. */
export const explainingText = (options: TraceOptions, format: string): TraceOptions =>
  format === "text" ? { explain: true, ...options } : options;
