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
