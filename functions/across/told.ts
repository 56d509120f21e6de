import { type Finding, findingId, type PathStep } from "../finding.ts";
import type { Moment } from "./moments.ts";
import type { UnitMoments } from "./unit-moments.ts";

/** A hint about a place of one function that others have their part in. */
export interface Told {
  readonly rule: string;
  readonly lock: string;
  readonly message: string;
  readonly at: Moment;
  /** The steps that lead there, in the order in which they happen; the place itself comes last. */
  readonly path?: readonly PathStep[];
}

/** The finding of a hint. */
export function findingOf(
  file: string,
  unit: UnitMoments,
  { rule, lock, message, at, path = [] }: Told,
): Finding {
  const here = stepAt(unit, at);
  return {
    id: findingId(rule, at.function.name, lock, here.text),
    rule,
    confidence: "audit",
    file,
    line: here.line,
    function: at.function.name,
    lock,
    message,
    path: [...path, here],
  };
}

/** The line of a call, as a step of a path. */
export function stepAt({ unit: { lines } }: UnitMoments, { call }: Moment, decision?: string): PathStep {
  const line = lines.lineAt(call.at);
  return { line, text: lines.textOf(line), ...(decision !== undefined && { decision }) };
}

/** `f() at line 12`. */
export const placeIn = ({ unit: { lines } }: UnitMoments, { call, function: { name } }: Moment): string =>
  `${name}() at line ${lines.lineAt(call.at)}`;
