/** Everything a command may say or hear, so that tests can stand in for a real terminal. */
export interface Terminal {
  /** Results: stdout. */
  out(text: string): void;
  /** Errors and progress: stderr. */
  err(text: string): void;
  /** Whether stderr is a terminal, so that progress may be shown. */
  readonly showsProgress: boolean;
  /** True once the user asked to stop (Ctrl-C). */
  interrupted(): boolean;
}

export function systemTerminal(): Terminal {
  let asked = false;
  process.on("SIGINT", () => {
    if (asked) process.exit(130);
    asked = true;
  });
  // Whoever reads may have had enough (a pager, head): the verdict is still the exit code.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    showsProgress: process.stderr.isTTY === true,
    interrupted: () => asked,
  };
}
