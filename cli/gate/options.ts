import type { Command } from "commander";

export interface GateArguments {
  readonly format: string;
  readonly tree?: string;
  readonly verbose?: boolean;
  readonly old?: boolean;
}

export function declareGateOptions(command: Command): Command {
  return command
    .argument("[change...]", "a patch, a mail that holds or quotes one, an mbox, BASE..HEAD, or - for stdin")
    .option("--tree <dir>", "the source that the change applies to: a checkout or a plain directory")
    .option("--format <name>", "how to print the report", "text")
    .option("--old", "also findings that were there before the change")
    .option("-v, --verbose", "the lists behind the counts");
}
