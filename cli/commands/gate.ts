import type { Command } from "commander";
import { FORMATS } from "../../counterexamples/formats/index.ts";
import { gate } from "../../gate/gate.ts";
import { InputError } from "../../model/input-error.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { readInput } from "../gate/input.ts";
import { declareGateOptions, type GateArguments } from "../gate/options.ts";
import type { Terminal } from "../terminal.ts";

const AFTER = `
Exit codes: 0 nothing new, 1 new findings, 2 bad input, 3 not all that the change touches was seen.`;

export function configure(command: Command): Command {
  return declareGateOptions(command).addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const options = command.opts<GateArguments>();
  const format = FORMATS[options.format];
  if (!format) {
    throw new InputError(`unknown format '${options.format}' (valid: ${Object.keys(FORMATS).join(", ")})`);
  }
  const { set, tree } = await readInput(command.args, options);
  const report = await gate(set, { ...(tree && { tree }) });
  terminal.out(format(report, { verbose: options.verbose === true, old: options.old === true }));
  return exitCodeOf([report.verdict]);
}
