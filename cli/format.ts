import type { Command } from "commander";
import { InputError } from "../model/input-error.ts";

/** How a report is to be printed. */
export interface FormatArguments {
  readonly format?: string;
  readonly json?: boolean;
}

/** Declares the options; `names` are the formats that there are. */
export function declareFormat(command: Command, names: readonly string[]): Command {
  return command
    .option("--format <name>", `how to print the report: ${names.join(", ")} (default: text)`)
    .option("--json", "short for --format json");
}

/**
 * The name of the format asked for, which may not be one; text where none is asked for.
 *
 * @throws InputError where two are.
 */
export function formatName({ format, json }: FormatArguments): string {
  if (json !== true) return format ?? "text";
  if (format === undefined || format === "json") return "json";
  throw new InputError("--json is short for --format json: leave out --format");
}
