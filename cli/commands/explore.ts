import type { Command } from "commander";
import { loadFormat } from "../../reports/index.ts";
import { coloured } from "../colour.ts";
import { type ExitCode, exitCodeOf } from "../exit-code.ts";
import { engineOptionsOf } from "../explore/engine.ts";
import { explore } from "../explore/explore.ts";
import { limitsOf, refuseForWalks } from "../explore/limits.ts";
import { declareExploreOptions, type ExploreOptions, refuseCombinations } from "../explore/options.ts";
import { formatName } from "../format.ts";
import { ONE_SEARCH, optimiseLate } from "../optimise-late.ts";
import type { Terminal } from "../terminal.ts";

const AFTER = `
A scenario's own sizes follow it: holdfast explore madvise --version v5 --ptes 3 --folios 2
'holdfast list' names scenarios, versions and sizes. A model of your own: holdfast explore ./my-model.ts`;

export function configure(command: Command): Command {
  const declared = command.argument("[scenario]", "a scenario's id, or the path of a model");
  return declareExploreOptions(declared)
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  optimiseLate(ONE_SEARCH);
  const options = command.opts<ExploreOptions>();
  const format = formatName(options);
  const print = await loadFormat("explore", format);
  refuseCombinations(options, format);
  const limits = { ...limitsOf(command.opts()), ...(await engineOptionsOf(command.opts())) };
  if (options.random === true) refuseForWalks(limits);
  const report = await explore(command.args, { options, limits, format }, terminal);
  terminal.out(coloured(print(report, { verbose: options.verbose === true }), format));
  return exitCodeOf([report.verdict]);
}
