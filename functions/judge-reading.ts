import type { FactChoice, FunctionReading } from "../model/c/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import { MAX_STATES } from "./explore.ts";
import { asHint, orWithFewerFacts } from "./fewer-facts.ts";
import { type JudgeOptions, judge } from "./judge.ts";
import { asRead, eachFinding, type JudgedReading } from "./read-program.ts";

export type ReadingOptions = Omit<JudgeOptions, "maxStates"> & Partial<Pick<JudgeOptions, "maxStates">>;

/**
 * Judges one reading of a function. One with too many states is searched again with the facts alone that its
 * calls give.
 */
export function judgeReading(
  { text, given, expanded, program }: FunctionReading,
  each: UnitFunction,
  { maxStates = MAX_STATES, ...options }: ReadingOptions,
): JudgedReading {
  const attempt = (facts: FactChoice, limit: number): JudgedReading => {
    const translation = program(facts);
    const judged = asRead(judge(translation, { ...each, body: text }, { ...options, maxStates: limit }), {
      given,
    });
    return { text, given, expanded, translation, judged, states: judged.explored.states };
  };
  const isCapped = ({ judged }: JudgedReading) => judged.explored.capped !== undefined;
  const { made, fewer } = orWithFewerFacts("all", maxStates, attempt, isCapped);
  return fewer ? { ...made, judged: eachFinding(made.judged, asHint), fewerFacts: true } : made;
}
