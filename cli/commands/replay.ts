import type { Command } from "commander";
import { renderText } from "../../counterexamples/render/text.ts";
import { replay } from "../../counterexamples/replay.ts";
import { readTrace } from "../../counterexamples/trace/read.ts";
import type { ModelIdentity, Trace } from "../../counterexamples/trace/trace.ts";
import { replaceText } from "../../model/files/replace-file.ts";
import { InputError } from "../../model/input-error.ts";
import { harmlessLines, jsonText } from "../../model/printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { findFamily } from "../explore/family.ts";
import { declareFormat, type FormatArguments, formatName } from "../format.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { writeTest } from "../trace/emit.ts";
import { declareTraceOptions, explainingText, type TraceOptions } from "../trace/options.ts";
import { type Counterexample, refine } from "../trace/refine.ts";

/** What a replayed trace can be told in. */
const FORMATS = ["text", "json", "lockdep"];

interface ReplayOptions extends TraceOptions, FormatArguments {
  readonly emitTest?: string;
}

export function configure(command: Command): Command {
  const declared = command.argument("<file>", "a trace that --trace wrote");
  return declareFormat(declareTraceOptions(declared), FORMATS)
    .option("--emit-test <file>", "write a vitest file that replays the trace")
    .allowExcessArguments(false);
}

/**
 * Reapplies a trace's steps; exit code 1 where they violate the property still, 2 where the model is wrong there, 0
 * where it no longer is either.
 */
export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const [path = ""] = command.args;
  const options = command.opts<ReplayOptions>();
  const format = formatName(options);
  if (!FORMATS.includes(format)) {
    throw new InputError(`unknown format '${format}' (valid: ${FORMATS.join(", ")})`);
  }
  const trace = readTrace(readText(path), path);
  const family = await findFamily(requestOf(trace.model));
  const { violated, error = false, message } = replay(family.subject, trace);
  if (!violated && !error) return tellHeld(trace, format, terminal);
  const now: Trace = {
    ...trace,
    verdict: error ? "error" : "violated",
    ...(message !== undefined && { message }),
  };
  const told = await refine(family, now, explainingText(options, format));
  if (options.trace !== undefined) replaceText(options.trace, `${jsonText(told.trace, 2)}\n`);
  if (options.emitTest !== undefined) await writeTest(options.emitTest, told.trace);
  if (format === "json") tellJson({ violated, error, message, trace: told.trace }, terminal);
  else {
    terminal.out(await tell(told, format, options));
    terminal.out(`\n${harmlessLines([`replayed: ${message}`])}\n`);
  }
  return error ? EXIT.input : EXIT.violated;
}

async function tell(
  { subject, trace }: Counterexample,
  format: string,
  options: TraceOptions,
): Promise<string> {
  if (format === "text") return renderText(trace, { verbose: options.verbose === true });
  const { renderLockdep } = await import("../../counterexamples/lockdep/view.ts");
  return renderLockdep(subject, trace);
}

function tellHeld(trace: Trace, format: string, terminal: Terminal): ExitCode {
  if (format === "json") tellJson({ violated: false, error: false, message: null, trace }, terminal);
  else terminal.out(`${harmlessLines([`replayed: ${trace.property} is not violated`])}\n`);
  return EXIT.holds;
}

/** docs/json.md describes it. */
function tellJson(replayed: object, terminal: Terminal): void {
  terminal.out(`${jsonText(replayed, 2)}\n`);
}

function requestOf({ scenario, version, parameters }: ModelIdentity) {
  const words = Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { name: scenario, words, version };
}
