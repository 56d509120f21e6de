import { buildFlow } from "./flow/statement.ts";
import type { Knowledge } from "./knowledge/effect.ts";
import type { CParser } from "./parser.ts";
import type { FactChoice } from "./plan/facts.ts";
import { planProgram } from "./plan/plan.ts";
import { type Translation, translate } from "./program/translate.ts";
import { type Reading, readConditionals } from "./source/conditional.ts";
import type { Unit, UnitFunction } from "./source/unit.ts";
import type { Stmt } from "./syntax/ast.ts";
import { parseBody } from "./syntax/index.ts";

export { type CParser, GrammarNotLoaded, loadParser, parsing } from "./parser.ts";

/** What a function of a source is read with. */
export interface Surroundings {
  readonly parser: CParser;
  readonly unit: Unit;
  readonly file: string;
  readonly known: Knowledge;
}

/** A function with one choice of its `#if` arms, to be parsed and made a program. */
export interface FunctionReading extends Reading {
  /** @throws Error for a body that is too long. */
  statements(): readonly Stmt[];
  /**
   * The program that keeps these facts.
   * @throws Error for a size that no person writes: to plan and to search it takes time out of all proportion.
   */
  program(choice: FactChoice): Translation;
}

export interface FunctionReadings {
  readonly readings: readonly FunctionReading[];
  /** Offsets in the file of `#if` arms that no reading takes. */
  readonly unread: readonly number[];
}

/** The largest function of the kernel has a third of it. */
const MAX_STEPS = 2_000;
/** How many steps times how many locks: of the kernel's functions none has a fiftieth of it. */
const MAX_CELLS = 100_000;

/** The readings of a function that together take each arm of each `#if`, as far as that is possible. */
export function readFunction(each: UnitFunction, surroundings: Surroundings): FunctionReadings {
  const { bodyStart, bodyEnd } = each;
  const { readings, unread } = readConditionals(surroundings.unit.text.slice(bodyStart, bodyEnd));
  return {
    readings: readings.map((reading) => functionReading(reading, each, surroundings)),
    unread: unread.map((at) => bodyStart + at),
  };
}

function functionReading(
  reading: Reading,
  { name, bodyStart, bodyEnd, annotations }: UnitFunction,
  { parser, unit, file, known }: Surroundings,
): FunctionReading {
  const statements = () => parseBody(parser, reading.text, bodyStart);
  const place = { name, file, lines: unit.lines, annotations };
  let flow: ReturnType<typeof buildFlow> | undefined;
  const program = (choice: FactChoice): Translation => {
    flow ??= buildFlow(statements(), bodyEnd - 1, known);
    if (flow.nodes.length > MAX_STEPS) throw new Error(`more than ${MAX_STEPS} steps`);
    const plan = planProgram(flow, known, choice);
    const [steps, locks] = [plan.kept.nodes.length, plan.bound.keys.length];
    if (steps * locks > MAX_CELLS) {
      throw new Error(`${locks} locks in ${steps} steps: their product is more than ${MAX_CELLS}`);
    }
    return translate(plan, place);
  };
  return { ...reading, statements, program };
}
