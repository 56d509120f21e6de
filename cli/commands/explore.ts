import type { Command } from "commander";
import { InputError } from "../../model/input-error.ts";
import type { ExitCode } from "../exit-code.ts";
import { explore } from "../explore/explore.ts";
import { declareLimits, limitsOf } from "../explore/limits.ts";
import { exploreAll } from "../explore/matrix.ts";
import type { Terminal } from "../terminal.ts";

const AFTER = `
A scenario's own sizes follow it: holdfast explore madvise --version v5 --ptes 3 --folios 2
'holdfast list' names scenarios, versions and sizes. A model of your own: holdfast explore ./my-model.ts`;

export function configure(command: Command): Command {
  const declared = command
    .argument("[scenario]", "a scenario's id, or the path of a model")
    .option("--all", "explore every version of the madvise scenario and print the property matrix")
    .option("--version <id>", "which version of the scenario (default: the newest)")
    .option("--property <name...>", "judge only these properties")
    .option("--keep-going", "go on past violations, as the kernel does, and show what it would print")
    .option("--json", "print one JSON document")
    .option("--trace <file>", "write the first counterexample as JSON")
    .option("-v, --verbose", "every trace in full, and what was never reached");
  return declareLimits(declared).allowUnknownOption().allowExcessArguments().addHelpText("after", AFTER);
}

export async function run(command: Command, terminal: Terminal): Promise<ExitCode> {
  const [name, ...words] = command.args;
  const { all, ...options } = command.opts();
  const limits = limitsOf(options);
  if (all === true) return exploreAll({ words: command.args, options, limits }, terminal);
  if (name === undefined || name.startsWith("-")) {
    throw new InputError("say which scenario first ('holdfast list' names them), or --all");
  }
  return explore({ name, words, options, limits }, terminal);
}
