import type { Knowledge } from "../knowledge/effect.ts";
import { tableKnowledge } from "../knowledge/knowledge.ts";
import type { FactChoice } from "../plan/facts.ts";
import { programLines } from "../program/program-text.ts";
import type { Translation } from "../program/translate.ts";
import { readFunction } from "../read-function.ts";
import { readUnit } from "../source/unit.ts";
import { statusNames } from "./status-names.ts";

export interface ShowOptions {
  /** What is known of calls; the table of primitives where absent. */
  readonly known?: Knowledge;
  readonly facts?: FactChoice;
}

interface Shown {
  readonly given: readonly string[];
  readonly translation: Translation;
}

/** The programs of a C text as `check --show-model` prints them, made to be kept and compared. */
export async function showPrograms(text: string, options: ShowOptions = {}): Promise<string> {
  const programs = (await programsOf(text, options)).map(programText);
  return programs.join("\n");
}

/** The program of each function of a text, one for each reading of its #ifs; lines count from the function's head. */
export async function programsOf(text: string, options: ShowOptions = {}): Promise<readonly Shown[]> {
  const bodies = readUnit(text).functions.map(({ start, bodyEnd }) => text.slice(start, bodyEnd));
  return (await Promise.all(bodies.map((each) => programsIn(each, options)))).flat();
}

async function programsIn(text: string, { known = tableKnowledge, facts = "all" }: ShowOptions) {
  const surroundings = { unit: readUnit(text), file: "golden.c", known };
  const functions = surroundings.unit.functions.map((each) => readFunction(each, surroundings));
  return (await Promise.all(functions)).flatMap(({ readings }) =>
    readings.map(({ given, program }) => ({ given, translation: program(facts) })),
  );
}

function programText({ given, translation }: Shown): string {
  const { model, plan } = translation;
  const names = new Map(plan.calls.keys.flatMap((key) => [...statusNames(key)]));
  const locations = new Map(plan.kept.nodes.map((node, at) => [`n${node}`, `n${at + 1}`]));
  const lines = programLines(translation).map((line) => renumbered(shortened(line, names), locations));
  const readings = given.length > 0 ? ` with ${given.join(", ")}` : "";
  return [`${model.name}()${readings}`, ...lines.map((line) => `  ${line}`), ""].join("\n");
}

function shortened(line: string, names: ReadonlyMap<string, string>): string {
  return [...names].reduce((text, [long, short]) => text.replace(long, short), line);
}

/** Locations by their order, so that one node more in the flow does not rename all that follow. */
function renumbered(line: string, locations: ReadonlyMap<string, string>): string {
  const places = /^(?:start n\d+|n\d+ -> \w+)/;
  return line.replace(places, (text) => text.replace(/n\d+/g, (name) => locations.get(name) ?? name));
}
