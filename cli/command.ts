import type { Command } from "commander";
import type { ExitCode } from "./exit-code.ts";
import type { Terminal } from "./terminal.ts";

/** One row of the command table; its module is loaded only when it is asked for. */
export interface CommandRow {
  readonly name: string;
  readonly summary: string;
  load(): Promise<CommandModule>;
}

export interface CommandModule {
  /** Declares arguments and options. */
  configure(command: Command): Command;
  /** Does the work; throws InputError for what the user gave wrongly. */
  run(command: Command, terminal: Terminal): Promise<ExitCode>;
}
