import { count } from "../../counterexamples/render/words.ts";
import type { ReadProgram } from "../../functions/read-program.ts";
import type { CheckResult } from "../../functions/result.ts";
import { programLines } from "../../model/c/index.ts";
import { InputError } from "../../model/input-error.ts";
import { nearestHint } from "../../model/nearest.ts";
import { jsonText, oneLine } from "../../model/printable.ts";
import { EXIT, type ExitCode } from "../exit-code.ts";
import { formatName } from "../format.ts";
import type { Terminal } from "../terminal.ts";
import type { CheckArguments } from "./options.ts";

/** @throws InputError where a name that was asked for is no function of any of the files. */
export function refuseUnknownFunctions(
  names: readonly string[] | undefined,
  parts: readonly CheckResult[],
  files: readonly string[],
): void {
  const defined = new Set(parts.flatMap((each) => each.defined ?? []));
  const unknown = names?.find((name) => !defined.has(name));
  if (unknown === undefined) return;
  throw new InputError(`no function '${unknown}' in ${files.join(", ")} ${nearestHint(unknown, defined)}`);
}

/** Prints the programs that were built of the functions asked for, or why there is none. */
export function showModels(
  parts: readonly CheckResult[],
  { function: names = [], ...options }: CheckArguments,
  terminal: Terminal,
): ExitCode {
  const programs = parts.flatMap((each) => names.flatMap((name) => each.programs?.get(name) ?? []));
  const built = new Set(programs.map(({ translation }) => translation.model.name));
  const missing = names.filter((name) => !built.has(name));
  const skipped = parts.flatMap(({ functions }) => functions.skipped);
  if (formatName(options) === "json") {
    const models = programs.map(({ given, states, translation: { model } }) => ({ given, states, model }));
    terminal.out(`${jsonText(models, 2)}\n`);
  } else for (const each of programs) terminal.out(modelText(each));
  for (const name of missing) {
    const reason = skipped.find((each) => each.function === name)?.reason ?? "it takes no locks";
    terminal.err(`no program of ${name}(): ${reason}\n`);
  }
  return missing.some((name) => skipped.some((each) => each.function === name)) ? EXIT.bound : EXIT.holds;
}

/** The program that a reading of a function was turned into: its size, what it keeps track of, each transition. */
function modelText({ given, translation, states }: ReadProgram): string {
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
