import type { FunctionReading, Translation } from "../model/c/index.ts";
import type { Reading } from "../model/c/source/index.ts";
import type { Finding } from "./finding.ts";
import type { Judged } from "./judge.ts";

/** The program that one reading of a function was turned into. */
export interface ReadProgram extends Pick<FunctionReading, keyof Reading | "expanded"> {
  readonly translation: Translation;
  /** How many states its search stored. */
  readonly states: number;
}

/** The same with what its search came to. */
export interface JudgedReading extends ReadProgram {
  readonly judged: Judged;
  /** It was searched without some facts, as all make too many states. */
  readonly fewerFacts?: true;
}

/** A search of one function: of one reading of it, where it has an #if. */
export interface SearchedFunction {
  readonly file: string;
  readonly function: string;
  /** What the reading takes for true and for false. */
  readonly reading?: string;
  /** Distinct states stored. */
  readonly states: number;
  /** Transitions fired, those to known states included. */
  readonly transitions: number;
  /** Steps to the farthest state. */
  readonly depth: number;
}

/** What was searched of a function, a search for each reading. */
export function searchesOf(
  file: string,
  name: string,
  programs: readonly JudgedReading[],
): readonly SearchedFunction[] {
  return programs.map(({ given, judged }) => {
    const { states, transitions, depth } = judged.explored;
    const reading = nameOfReading({ given });
    return { file, function: name, ...(reading !== "" && { reading }), states, transitions, depth };
  });
}

/** A reading by what it takes for true and for false; empty where there is no #if. */
export const nameOfReading = ({ given }: Pick<Reading, "given">): string => given.join(", ");

/** The findings of a judgement say which reading has them. */
export function asRead(judged: Judged, reading: Pick<Reading, "given">): Judged {
  const name = nameOfReading(reading);
  if (name === "") return judged;
  return eachFinding(judged, (finding) => ({ ...finding, readings: [name] }));
}

/** A judgement with its findings told otherwise. */
export const eachFinding = (judged: Judged, told: (finding: Finding) => Finding): Judged => ({
  ...judged,
  findings: judged.findings.map(told),
  exitFindings: judged.exitFindings.map((each) => ({ ...each, finding: told(each.finding) })),
  leaks: judged.leaks.map((each) => ({ ...each, finding: told(each.finding) })),
  annotationMismatches: judged.annotationMismatches.map(told),
});

/** Adds to what is kept of a name: the arms of an #if may define a function more than once. */
export function append<T>(into: Map<string, T[]>, name: string, more: readonly T[]): void {
  const known = into.get(name);
  if (known) known.push(...more);
  else into.set(name, [...more]);
}

/** `place: ` and which conditions each reading takes for true and which for false; nothing where there is no #if. */
export function conditionalsOf(place: string, readings: readonly Reading[]): readonly string[] {
  const told = readings.map(nameOfReading);
  return told.some((each) => each !== "") ? [`${place}: ${told.join(" | ")}`] : [];
}
