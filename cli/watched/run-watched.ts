import { type ChildProcess, spawn } from "node:child_process";
import { getHeapStatistics } from "node:v8";
import { EXIT, type ExitCode, isExitCode } from "../exit-code.ts";
import type { Terminal } from "../terminal.ts";
import { WATCHED } from "./may-end-heap.ts";

/** How V8 ends a process whose heap is full. */
const HEAP_ENDED: ReadonlySet<string> = new Set(["SIGABRT", "SIGTRAP", "SIGILL"]);

/** Runs the command line in a process of its own, and ends as that does, but where its memory ends: that is a bound. */
export function runWatched(words: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [, program = ""] = process.argv;
  const child = spawn(process.execPath, [...process.execArgv, program, ...words], {
    stdio: ["inherit", "inherit", terminal.showsProgress ? "inherit" : "pipe"],
    env: { ...process.env, [WATCHED]: "1" },
    // Ctrl-C goes to all of a terminal's group: what is passed on is to come once.
    detached: true,
  });
  const unwatch = passSignals(child);
  passErrors(child, terminal);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      unwatch();
      const why = reasonOf(code, signal);
      if (why !== undefined) {
        terminal.err(`undecided: ${why}\n`);
        resolve(EXIT.bound);
      } else if (signal !== null) process.kill(process.pid, signal);
      else if (isExitCode(code)) resolve(code);
      else process.exit(code ?? EXIT.input);
    });
  });
}

/** Why a process ended without a verdict, if that is for lack of memory. */
function reasonOf(code: number | null, signal: NodeJS.Signals | null): string | undefined {
  const heap = Math.round(getHeapStatistics().heap_size_limit / 2 ** 20);
  if (code === 134 || HEAP_ENDED.has(signal ?? "")) {
    return `out of memory: the heap has ${heap} MiB (node --max-old-space-size=MIB gives more)`;
  }
  return signal === "SIGKILL" ? "killed, as the system does where it has no memory" : undefined;
}

/** A process that is told to end takes the watched one with it. */
function passSignals(child: ChildProcess): () => void {
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  const pass = (signal: NodeJS.Signals) => void child.kill(signal);
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/** What V8 says of its end says nothing to a user. */
function passErrors(child: ChildProcess, terminal: Terminal): void {
  let isOurs = true;
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    const end = text.search(/\n<--- Last few GCs --->|\n?#\n# Fatal|FATAL ERROR: /);
    if (isOurs) terminal.err(end < 0 ? text : text.slice(0, end));
    if (end >= 0) isOurs = false;
  });
}
