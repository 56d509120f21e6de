import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { renderText } from "../../counterexamples/render/text.ts";
import { replay } from "../../counterexamples/replay.ts";
import { readTrace } from "../../counterexamples/trace/read.ts";
import { InputError } from "../../model/input-error.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { subjectOf } from "../explore/explore.ts";
import type { Terminal } from "../terminal.ts";

export function configure(command: Command): Command {
  return command
    .argument("<trace>", "a trace that 'holdfast explore --trace' wrote")
    .option("-v, --verbose", "every step in full")
    .allowExcessArguments(false);
}

/** Reapplies a trace's steps; exit code 1 where they violate the property still, 0 where they no longer do. */
export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const [path = ""] = command.args;
  const trace = readTrace(read(path), path);
  const subject = await subjectOf(requestOf(trace.model));
  const { violated, message } = replay(subject, trace);
  const { verbose } = command.opts();
  terminal.out(renderText(trace, { verbose: verbose === true }));
  terminal.out(violated ? `\nreplayed: ${message}\n` : `\nreplayed: ${trace.property} is not violated\n`);
  return violated ? EXIT.violated : EXIT.holds;
}

function requestOf({ scenario, version, parameters }: ReturnType<typeof readTrace>["model"]) {
  const words = Object.entries(parameters).flatMap(([name, value]) => [`--${name}`, String(value)]);
  return { name: scenario, words, options: version === undefined ? {} : { version }, limits: {} };
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new InputError(`cannot read ${path}: ${error instanceof Error ? error.message : error}`);
  }
}
