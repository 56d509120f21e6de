import { buildFlow } from "../../model/c/flow/statement.ts";
import type { CParser } from "../../model/c/parser.ts";
import type { Knowledge } from "../../model/c/program/effect.ts";
import type { FactChoice } from "../../model/c/program/facts.ts";
import { planProgram } from "../../model/c/program/plan.ts";
import { type Translation, translate } from "../../model/c/program/translate.ts";
import type { Unit, UnitFunction } from "../../model/c/source/unit.ts";
import { parseBody } from "../../model/c/syntax/index.ts";

/** What a function of a source is read with. */
export interface Surroundings {
  readonly parser: CParser;
  readonly unit: Unit;
  readonly file: string;
  readonly known: Knowledge;
}

/** Reads one reading of a function's body, to be made a program with these facts or those. */
export function programOf(
  { name, bodyStart, bodyEnd, annotations }: UnitFunction,
  body: string,
  { parser, unit, file, known }: Surroundings,
): (choice: FactChoice) => Translation {
  const flow = buildFlow(parseBody(parser, body, bodyStart), bodyEnd - 1, known);
  const place = { name, file, lines: unit.lines, annotations };
  return (choice) => translate(planProgram(flow, known, choice), place);
}
