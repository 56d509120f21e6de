import { EXIT } from "./exit-code.ts";

/** Everything a command may say, so that tests can stand in for a real terminal. */
export interface Terminal {
  /** Results: stdout. */
  out(text: string): void;
  /** Errors and progress: stderr. */
  err(text: string): void;
  /** Whether stderr is a terminal, so that progress may be shown. */
  readonly showsProgress: boolean;
}

/** Written to a terminal, it takes away the line that it stands on: progress is one line, written over. */
export const CLEAR_LINE = "\r\u001b[K";

/** Results that cannot be written end the process with an error: its exit code would be a verdict that nobody reads. */
export function systemTerminal(): Terminal {
  process.stdout.on("error", endUnwritable);
  // Where nobody reads what goes wrong, the exit code still says it.
  process.stderr.on("error", () => undefined);
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    showsProgress: process.stderr.isTTY === true,
  };
}

function endUnwritable({ message }: Error): never {
  process.stderr.write(`error: cannot write to standard output: ${message}\n`);
  process.exit(EXIT.input);
}
