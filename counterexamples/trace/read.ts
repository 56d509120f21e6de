import { InputError } from "../../model/input-error.ts";
import { parseJson } from "../../model/parse-json.ts";
import { schemaProblem } from "../../model/schema-problem.ts";
import { traceSchema } from "./schema.ts";
import type { Trace } from "./trace.ts";

/**
 * Reads a trace from the text of a file.
 * @throws InputError where it is no JSON (with the position), or no trace of this schema (with the place).
 */
export function readTrace(text: string, name: string): Trace {
  const json = parseJson(text);
  if (json.kind === "no JSON") throw new InputError(`${name} is not JSON: ${where(text)}`);
  const result = traceSchema.safeParse(json.value);
  if (result.success) return result.data;
  throw new InputError(`${name} is not a holdfast trace: ${schemaProblem(result.error)}`);
}

function where(text: string): string {
  const good = viablePrefix(text);
  const lines = text.slice(0, good).split("\n");
  const column = (lines.at(-1)?.length ?? 0) + 1;
  const what = good === text.length ? "it ends too early" : "unexpected text";
  return `${what} at line ${lines.length}, column ${column}`;
}

/** The length of the longest prefix that some text could make whole; not every parser error says where it is. */
function viablePrefix(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function couldGoOn(prefix: string): boolean {
  const json = parseJson(prefix);
  if (json.kind === "value") return true;
  const position = /at position (\d+)/.exec(json.reason)?.[1];
  return /end of JSON input|Unterminated/.test(json.reason) || Number(position ?? -1) >= prefix.length;
}
