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
  /** The words of its command line that are meant for it, where others may give it more. */
  wordsOf?(words: readonly string[]): readonly string[];
  /** Declares arguments and options. */
  configure(command: Command): Command;
  /** Does the work; throws InputError for what the user gave wrongly. */
  run(command: Command, terminal: Terminal): Promise<ExitCode>;
}
