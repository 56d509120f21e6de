import { EXIT } from "./exit-code.ts";

/** What is said of an error that nobody expects: with the stack, as it is ours to find. */
export const internalError = (error: unknown): string =>
  `internal error, please report: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`;

/** Ends the process with an error where one is thrown that nothing catches: Node would exit as if it were a verdict. */
export function endOnCrash(): void {
  process.on("uncaughtException", (error) => {
    process.stderr.write(internalError(error));
    process.exit(EXIT.input);
  });
}

/** Exit codes of ours that are no verdict. */
const NO_VERDICT: readonly number[] = [EXIT.input, 130, 143];

/**
 * Runs a command, and ends with an error where the process ends before the command does, whatever exit code it is
 * given: a model can end it, or wait for what never comes.
 */
export async function orNoVerdict<T>(command: () => Promise<T>): Promise<T> {
  const onExit = (code: number): void => {
    if (NO_VERDICT.includes(code)) return;
    process.stderr.write(
      "error: the process ended without a verdict: a model may neither end it nor wait for ever\n",
    );
    // At once: a listener of the model, behind this one, could give it another code.
    process.exit(EXIT.input);
  };
  process.on("exit", onExit);
  const allow = withListeners(onExit);
  const result = await command();
  allow();
  process.off("exit", onExit);
  return result;
}

/** Has a listener asked where the process is ended past all listeners, until the function that it returns is called. */
function withListeners(onExit: (code: number) => void): () => void {
  const reallyExit: unknown = Reflect.get(process, REALLY_EXIT);
  if (typeof reallyExit !== "function") return () => {};
  Reflect.set(process, REALLY_EXIT, (code: unknown) => {
    onExit(Number(code ?? process.exitCode ?? EXIT.holds));
    Reflect.apply(reallyExit, process, [code]);
  });
  return () => Reflect.set(process, REALLY_EXIT, reallyExit);
}

/** What process.exit() ends with (lib/internal/process/per_thread.js of Node). */
const REALLY_EXIT = "reallyExit";
