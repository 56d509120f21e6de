const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

/** Listens for Ctrl-C and SIGTERM until it is stopped. */
export interface SignalWatch {
  /** True once the user asked to end. */
  interrupted(): boolean;
  stop(): void;
}

/**
 * For work that has something to save: told once, it ends as soon as it asks; told twice, at once. All else runs
 * without it, for the system ends a process that does not listen at once, also in the middle of synchronous work.
 */
export function watchSignals(): SignalWatch {
  let asked = false;
  const listeners = Object.entries(SIGNALS).map(([signal, code]) => {
    const listener = () => {
      if (asked) process.exit(code);
      asked = true;
    };
    process.on(signal, listener);
    return { signal, listener };
  });
  return {
    interrupted: () => asked,
    stop: () => {
      for (const { signal, listener } of listeners) process.off(signal, listener);
    },
  };
}
