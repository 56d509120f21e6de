import { VERSION } from "../model/tool-version.ts";
import { commands } from "./commands/index.ts";
import { dispatch } from "./dispatch.ts";
import type { ExitCode } from "./exit-code.ts";
import { systemTerminal, type Terminal } from "./terminal.ts";

/** Runs one command line, without the program's name, and returns its exit code. */
export function run(words: readonly string[], terminal: Terminal = systemTerminal()): Promise<ExitCode> {
  return dispatch(words, commands, VERSION, terminal);
}
