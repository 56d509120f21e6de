import type { Translation } from "../../model/c/program/translate.ts";
import type { Reading } from "../../model/c/source/conditional.ts";
import type { Judged } from "./judge.ts";

/** The program that one reading of a function was turned into. */
export interface ReadProgram {
  /** Which #if conditions it takes for true, and for false with a `!` before it. */
  readonly given: readonly string[];
  readonly translation: Translation;
  /** How many states its search stored. */
  readonly states: number;
}

export function readPrograms(
  readings: readonly Reading[],
  attempts: readonly { readonly translation: Translation; readonly judged: Judged }[],
): readonly ReadProgram[] {
  return attempts.map(({ translation, judged }, at) => ({
    given: readings[at]?.given ?? [],
    translation,
    states: judged.explored.states,
  }));
}
