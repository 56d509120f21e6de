import type { z } from "zod";

/** What is wrong with data that a schema refuses, in one line: where, why, and how much else. */
export function schemaProblem({ issues }: z.ZodError): string {
  const [first, ...others] = issues;
  if (!first) return "unknown form";
  const place = first.path.length > 0 ? `${dataPath(first.path)}: ` : "";
  const reason = first.message.replace(/^Invalid input: /, "").replace(/\s+/g, " ");
  return `${place}${reason}${others.length > 0 ? ` (and ${others.length} more)` : ""}`;
}

/** `programs[0].transitions[3].guard` */
export function dataPath(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === "number" ? `[${key}]` : `${at > 0 ? "." : ""}${String(key)}`))
    .join("");
}
