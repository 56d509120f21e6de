import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import type { ExitCode } from "../exit-code.ts";
import { engineOptionsOf } from "../explore/engine.ts";
import { explore } from "../explore/explore.ts";
import { limitsOf, refuseForWalks } from "../explore/limits.ts";
import { exploreAll } from "../explore/matrix.ts";
import { declareExploreOptions, type ExploreOptions, refuseCombinations } from "../explore/options.ts";
import { ONE_SEARCH, optimiseLate } from "../optimise-late.ts";
import type { Terminal } from "../terminal.ts";
import { traceFormat } from "../trace/options.ts";

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
  const [name, ...words] = command.args;
  const options = command.opts<ExploreOptions>();
  refuseCombinations(options);
  traceFormat(options);
  const limits = { ...limitsOf(command.opts()), ...(await engineOptionsOf(command.opts())) };
  if (options.random === true) refuseForWalks(limits);
  if (options.all === true) return exploreAll({ words: command.args, options, limits }, terminal);
  if (name === undefined || name.startsWith("-")) {
    throw new InputError("say which scenario first ('holdfast list' names them), or --all");
  }
  return explore({ name, words, options, limits }, terminal);
}
