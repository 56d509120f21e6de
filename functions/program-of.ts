import { buildFlow } from "../model/c/flow/statement.ts";
import type { CParser } from "../model/c/parser.ts";
import type { Knowledge } from "../model/c/program/effect.ts";
import type { FactChoice } from "../model/c/program/facts.ts";
import { planProgram } from "../model/c/program/plan.ts";
import { type Translation, translate } from "../model/c/program/translate.ts";
import type { Unit, UnitFunction } from "../model/c/source/unit.ts";
import { parseBody } from "../model/c/syntax/index.ts";

/** What a function of a source is read with. */
export interface Surroundings {
  readonly parser: CParser;
  readonly unit: Unit;
  readonly file: string;
  readonly known: Knowledge;
}

/** The largest function of the kernel has a third of it. */
const MOST_STEPS = 2_000;
/** How many steps times how many locks: of the kernel's functions none has a fiftieth of it. */
const MOST_CELLS = 100_000;

/**
 * Reads one reading of a function's body, to be made a program with these facts or those. Throws an Error for
 * one of a size that no person writes: to plan and to search it takes time out of all proportion.
 */
export function programOf(
  { name, bodyStart, bodyEnd, annotations }: UnitFunction,
  body: string,
  { parser, unit, file, known }: Surroundings,
): (choice: FactChoice) => Translation {
  const flow = buildFlow(parseBody(parser, body, bodyStart), bodyEnd - 1, known);
  if (flow.nodes.length > MOST_STEPS) throw new Error(`more than ${MOST_STEPS} steps`);
  const place = { name, file, lines: unit.lines, annotations };
  return (choice) => {
    const plan = planProgram(flow, known, choice);
    const [steps, locks] = [plan.kept.nodes.length, plan.bound.keys.length];
    if (steps * locks > MOST_CELLS) {
      throw new Error(`${locks} locks in ${steps} steps: their product is more than ${MOST_CELLS}`);
    }
    return translate(plan, place);
  };
}
