/** What Node says besides the system's own errors of a file that is too large to be read. */
const TOO_LARGE: ReadonlySet<string> = new Set(["ERR_FS_FILE_TOO_LARGE", "ERR_STRING_TOO_LONG"]);

/** The code of an error of the system (`ENOENT`: no such file); undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !("code" in error) || typeof error.code !== "string") return undefined;
  return "syscall" in error || TOO_LARGE.has(error.code) ? error.code : undefined;
}

/** What the system refuses, as an InputError can say it. Throws any other error. */
export function systemMessage(error: unknown): string {
  if (error instanceof Error && systemCode(error) !== undefined) return error.message;
  throw error;
}
