import type { Command } from "commander";
import { replay } from "../../counterexamples/replay.ts";
import { readTrace } from "../../counterexamples/trace/read.ts";
import type { ModelIdentity, Trace } from "../../counterexamples/trace/trace.ts";
import { replaceText } from "../../model/files/replace-file.ts";
import { InputError } from "../../model/input-error.ts";
import { harmlessLines, jsonText } from "../../model/printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { findFamily } from "../explore/family.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";
import { writeTest } from "../trace/emit.ts";
import { declareTraceOptions, explainingText, type TraceOptions, traceFormat } from "../trace/options.ts";
import { refine } from "../trace/refine.ts";
import { tellTrace } from "../trace/tell.ts";

interface ReplayOptions extends TraceOptions {
  readonly json?: boolean;
  readonly emitTest?: string;
}

export function configure(command: Command): Command {
  const declared = command.argument("<file>", "a trace that --trace wrote");
  return declareTraceOptions(declared)
    .option("--json", "print one JSON document")
    .option("--emit-test <file>", "write a vitest file that replays the trace")
    .allowExcessArguments(false);
}

/** Reapplies a trace's steps; exit code 1 where they violate the property still, 0 where they no longer do. */
export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const [path = ""] = command.args;
  const options = command.opts<ReplayOptions>();
  if (options.json === true && options.format !== undefined) {
    throw new InputError("--json is a format of its own: leave out --format");
  }
  traceFormat(options);
  const trace = readTrace(readText(path), path);
  const family = await findFamily(requestOf(trace.model));
  const { violated, message } = replay(family.subject, trace);
  if (!violated) return tellHeld(trace, options, terminal);
  const told = await refine(family, trace, options.json === true ? options : explainingText(options));
  if (options.trace !== undefined) replaceText(options.trace, `${jsonText(told.trace, 2)}\n`);
  if (options.emitTest !== undefined) await writeTest(options.emitTest, told.trace);
  if (options.json === true) tellJson({ violated, message, trace: told.trace }, terminal);
  else {
    terminal.out(await tellTrace(told.subject, told.trace, options));
    terminal.out(`\n${harmlessLines([`replayed: ${message}`])}\n`);
  }
  return EXIT.violated;
}

function tellHeld(trace: Trace, { json }: ReplayOptions, terminal: Terminal): ExitCode {
  if (json === true) tellJson({ violated: false, message: null, trace }, terminal);
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
