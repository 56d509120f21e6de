import type { Stmt } from "./ast.ts";

/** The statements with their offsets in another text. */
export const placed = (statements: readonly Stmt[], offsetOf: (at: number) => number): readonly Stmt[] =>
  statements.map((each) => moved(each, offsetOf));

/** Of a part of a tree only offsets are numbers. */
function moved<T>(part: T, offsetOf: (at: number) => number): T {
  if (typeof part === "number") return offsetOf(part) as T;
  if (Array.isArray(part)) return part.map((each) => moved(each, offsetOf)) as T;
  if (typeof part !== "object" || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([name, each]) => [name, moved(each, offsetOf)])) as T;
}
