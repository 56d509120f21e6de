import type { Translation } from "../model/c/index.ts";
import type { Reading } from "../model/c/source/index.ts";
import type { Judged } from "./judge.ts";

/** The program that one reading of a function was turned into. */
export interface ReadProgram extends Reading {
  readonly translation: Translation;
  /** How many states its search stored. */
  readonly states: number;
}

/** The same with what its search came to. */
export interface JudgedReading extends ReadProgram {
  readonly judged: Judged;
}

/** Adds to what is kept of a name: the arms of an #if may define a function more than once. */
export function append<T>(into: Map<string, T[]>, name: string, more: readonly T[]): void {
  const known = into.get(name);
  if (known) known.push(...more);
  else into.set(name, [...more]);
}

/** `place: ` and which conditions each reading takes for true and which for false; nothing where there is no #if. */
export function conditionalsOf(place: string, readings: readonly Reading[]): readonly string[] {
  const told = readings.map(({ given }) => given.join(", "));
  return told.some((each) => each !== "") ? [`${place}: ${told.join(" | ")}`] : [];
}
