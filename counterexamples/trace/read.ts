import { InputError } from "../../model/input-error.ts";
import { traceSchema } from "./schema.ts";
import type { Trace } from "./trace.ts";

/**
 * Reads a trace from the text of a file.
 * @throws InputError where it is no JSON (with the position), or no trace of this schema (with the place).
 */
export function readTrace(text: string, name: string): Trace {
  const result = traceSchema.safeParse(parse(text, name));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue && issue.path.length > 0 ? ` at ${issue.path.join(".")}` : "";
  throw new InputError(`${name} is not a holdfast trace${place}: ${issue?.message ?? "unknown form"}`);
}

function parse(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InputError(`${name} is not JSON: ${where(text, String(error))}`);
  }
}

/** The parser names the offset where it stumbled, or none where the text just ends. */
function where(text: string, message: string): string {
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? text.length);
  const before = text.slice(0, offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  const what = offset >= text.trimEnd().length ? "it ends too early" : "unexpected text";
  return `${what} at line ${before.length}, column ${column}`;
}
