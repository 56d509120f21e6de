import { count } from "../../counterexamples/render/words.ts";
import type { ReadProgram } from "../../functions/read-program.ts";
import { programLines } from "../../model/c/program/program-text.ts";
import { oneLine } from "../../model/printable.ts";

/** The program that a reading of a function was turned into: its size, what it keeps track of, each transition. */
export function modelText({ given, translation, states }: ReadProgram): string {
  const [program] = translation.model.programs;
  if (!program) return "";
  const { locations, transitions } = program;
  const size = [count(locations.length, "location"), count(transitions.length, "transition")];
  const lines = [
    `${program.name}(): ${[...size, count(states, "state")].join(", ")}`,
    ...(given.length > 0 ? [`  #if: ${given.join(", ")}`] : []),
    ...programLines(translation).map((line) => `  ${line}`),
  ];
  return lines.map((line) => `${indentOf(line)}${oneLine(line.trimStart())}\n`).join("");
}

const indentOf = (line: string): string => /^ */.exec(line)?.[0] ?? "";
