import { removeTemporaryFolders } from "../model/files/temporary-folder.ts";
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
  if (terminal) return dispatch(words, commands, VERSION, own);
  if (!mayEndHeap(words)) return withoutExitHooks(() => dispatch(words, commands, VERSION, own));
  const { runWatched } = await import("./watched/run-watched.ts");
  return runWatched(words, own);
}

const HOOKS = ["exit", "beforeExit"];

/** What a command adds to be run at the end of the process is dropped: a model's code could give it another exit code. */
async function withoutExitHooks(command: () => Promise<ExitCode>): Promise<ExitCode> {
  const before = new Set(HOOKS.flatMap((event) => process.rawListeners(event)));
  try {
    return await command();
  } finally {
    removeTemporaryFolders();
    for (const event of HOOKS) {
      const added = process.rawListeners(event).filter((each) => !before.has(each));
      for (const each of added) process.removeListener(event, each as () => void);
    }
  }
}
