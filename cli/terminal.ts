/** Everything a command may say or hear, so that tests can stand in for a real terminal. */
export interface Terminal {
  /** Results: stdout. */
  out(text: string): void;
  /** Errors and progress: stderr. */
  err(text: string): void;
  /** Whether stderr is a terminal, so that progress may be shown. */
  readonly showsProgress: boolean;
  /** True once the user asked to stop (Ctrl-C). Until somebody asks this for the first time, Ctrl-C just ends us. */
  interrupted(): boolean;
}

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Ends at once when told to, but lets temporary files be removed first. */
export function endOnSignals(): void {
  for (const [signal, code] of Object.entries(SIGNALS)) {
    if (process.listenerCount(signal) === 0) process.once(signal, () => process.exit(code));
  }
}

export function systemTerminal(): Terminal {
  const interrupted = stopOnSignals();
  // Whoever reads may have had enough (a pager, head): the verdict is still the exit code.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
    showsProgress: process.stderr.isTTY === true,
    interrupted,
  };
}

/** Told once, we end cleanly as soon as the search asks; told twice, at once. */
function stopOnSignals(): () => boolean {
  let asked: boolean | undefined;
  return () => {
    if (asked !== undefined) return asked;
    asked = false;
    for (const [signal, code] of Object.entries(SIGNALS)) {
      process.on(signal, () => {
        if (asked) process.exit(code);
        asked = true;
      });
    }
    return asked;
  };
}
