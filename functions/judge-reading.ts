import type { FactChoice, FunctionReading } from "../model/c/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import { ENOUGH_STATES, MAX_STATES } from "./explore.ts";
import { type JudgeOptions, judge } from "./judge.ts";
import { asRead, type JudgedReading } from "./read-program.ts";

export type ReadingOptions = Omit<JudgeOptions, "maxStates"> & Partial<Pick<JudgeOptions, "maxStates">>;

/**
 * Judges one reading of a function. One with too many states is searched again with the facts alone that its
 * calls give.
 */
export function judgeReading(
  { text, given, program }: FunctionReading,
  each: UnitFunction,
  { maxStates = MAX_STATES, ...options }: ReadingOptions,
): JudgedReading {
  const attempt = (choice: FactChoice, limit: number): JudgedReading => {
    const translation = program(choice);
    const judged = asRead(judge(translation, each, { ...options, maxStates: limit }), { given });
    return { text, given, translation, judged, states: judged.explored.states };
  };
  const first = attempt("all", Math.min(maxStates, ENOUGH_STATES));
  return first.judged.explored.capped ? withFewerFacts(attempt("of calls", maxStates)) : first;
}

/** Without all facts, paths that cannot be are followed too: what is found on them is a hint. */
function withFewerFacts({ judged, ...reading }: JudgedReading): JudgedReading {
  const findings = judged.findings.map((finding) => ({
    ...finding,
    confidence: "audit" as const,
    message: `${finding.message} (the function is too large: fewer facts were kept)`,
  }));
  return { ...reading, judged: { ...judged, findings } };
}
