import type { Command } from "commander";
import { formatsOf, loadFormat } from "../../reports/index.ts";
import { mergeShards } from "../../reports/merge-shards.ts";
import { coloured } from "../colour.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { declareFormat, type FormatArguments, formatName } from "../format.ts";
import { readText } from "../read-file.ts";
import type { Terminal } from "../terminal.ts";

interface MergeArguments extends FormatArguments {
  readonly verbose?: boolean;
}

const AFTER = `
The reports are what check --shard i/n --json printed, of all n parts, in any order. Exit codes: those of check.`;

export function configure(command: Command): Command {
  const declared = command
    .argument("<report...>", "the report of each part")
    .option("-v, --verbose", "also the lists behind the counts")
    .addHelpText("after", AFTER);
  return declareFormat(declared, formatsOf("check"));
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const options = command.opts<MergeArguments>();
  const print = await loadFormat("check", formatName(options));
  const report = mergeShards(command.args.map((name) => ({ name, text: readText(name) })));
  for (const warning of report.warnings) terminal.err(`warning: ${warning}\n`);
  const text = print(report, { verbose: options.verbose === true, terse: false });
  terminal.out(coloured(text, formatName(options)));
  return exitCodeOf([report.verdict]);
}
