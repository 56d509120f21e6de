import { VERSION } from "../model/tool-version.ts";
import { commands } from "./commands/index.ts";
import { dispatch } from "./dispatch.ts";
import type { ExitCode } from "./exit-code.ts";
import { systemTerminal, type Terminal } from "./terminal.ts";
import { mayEndHeap } from "./watched/may-end-heap.ts";

/**
 * Runs one command line, without the program's name, and returns its exit code. Where the heap may end, a process of
 * its own runs it.
 */
export async function run(words: readonly string[], terminal?: Terminal): Promise<ExitCode> {
  const own = terminal ?? systemTerminal();
  if (terminal || !mayEndHeap(words)) return dispatch(words, commands, VERSION, own);
  const { runWatched } = await import("./watched/run-watched.ts");
  return runWatched(words, own);
}
