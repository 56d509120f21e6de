import { initialStates } from "../../checker/interpret/initial-states.ts";
import {
  type CParser,
  GrammarNotLoaded,
  parsing,
  readFunction,
  type Surroundings,
} from "../../model/c/index.ts";
import type { Knowledge } from "../../model/c/knowledge/effect.ts";
import type { FactChoice } from "../../model/c/plan/facts.ts";
import type { Translation } from "../../model/c/program/translate.ts";
import { readUnit, type UnitFunction } from "../../model/c/source/unit.ts";
import type { SourceText } from "../check.ts";
import { doubtedFacts } from "./doubted.ts";
import { type Lock, lockOf, type Outcome, outcomesFrom } from "./outcome.ts";
import { type Steps, type Stop, stepsOf } from "./stop.ts";
import { type Walk, walk } from "./walk.ts";

/** A function that can be asked how it goes on from any of its steps. */
export interface Probe extends Omit<Steps, "location"> {
  readonly locks: readonly Lock[];
  /** Facts that were not remembered, by what they are about. */
  readonly doubted: ReadonlySet<string>;
  /** What comes of a lock behind these steps; one that the function does not know stays as it was. */
  outcomes(stops: readonly Stop[], lock: Lock | undefined): readonly Outcome[];
}

const MAX_STATES = 40_000;
const MAX_ROUNDS = 3;

/**
 * Explores a function of a source, by what is known of its callees. Undefined where there is no such
 * function, where it can't be modelled, and where it has too many states to tell.
 */
export function probeFunction(
  { file, text }: SourceText,
  name: string,
  known: Knowledge,
  doubted: ReadonlySet<string> = new Set(),
): Promise<Probe | undefined> {
  const unit = readUnit(text);
  const own = unit.functions.filter((each) => each.name === name);
  const explore = (parser: CParser) =>
    probeOf(own.flatMap((each) => partsOf(each, { parser, unit, file, known }, doubted)));
  return parsing((parser) => {
    try {
      return explore(parser);
    } catch (error) {
      if (error instanceof GrammarNotLoaded) throw error;
      // Why it can't be modelled is said where it is checked.
      return undefined;
    }
  });
}

function probeOf(parts: readonly Part[]): Probe | undefined {
  if (parts.length === 0 || parts.some(({ walked }) => walked.capped)) return undefined;
  const locks = parts.flatMap(({ translation }) => translation.plan.bound.keys.map(lockOf));
  return {
    locks: [...new Map(locks.map((each) => [`${each.family} ${each.text}`, each])).values()],
    doubted: new Set(parts.flatMap((part) => [...part.doubted])),
    entries: (lines) => parts.flatMap(({ steps }) => steps.entries(lines)),
    exits: (lines) => parts.flatMap(({ steps }) => steps.exits(lines)),
    outcomes: (stops, lock) => parts.flatMap((part) => outcomesOf(part, stops, lock)),
  };
}

/** One reading of a function, explored. */
interface Part {
  readonly translation: Translation;
  readonly steps: Steps;
  readonly walked: Walk;
  readonly doubted: ReadonlySet<string>;
}

function partsOf(
  each: UnitFunction,
  surroundings: Surroundings,
  doubted: ReadonlySet<string>,
): readonly Part[] {
  return readFunction(each, surroundings).readings.map(({ program }) => {
    const explore = (without: ReadonlySet<string>, rounds: number): Part => {
      const { translation, walked } = explored(program, without);
      const more = rounds > 0 ? doubtedFacts(translation.plan, walked) : [];
      if (more.length > 0) return explore(new Set([...without, ...more]), rounds - 1);
      const steps = stepsOf(translation, surroundings.unit.lines);
      return { translation, steps, walked, doubted: without };
    };
    return explore(doubted, MAX_ROUNDS);
  });
}

/** With fewer facts where all of them make too many states. */
function explored(program: (choice: FactChoice) => Translation, without: ReadonlySet<string>) {
  const attempt = (choice: FactChoice) => {
    const translation = program(choice);
    return { translation, walked: walk(translation.model, initialStates(translation.model), MAX_STATES) };
  };
  const first = attempt({ without });
  return first.walked.capped ? attempt("of calls") : first;
}

function outcomesOf(
  { translation, steps, walked }: Part,
  stops: readonly Stop[],
  lock: Lock | undefined,
): readonly Outcome[] {
  const { keys } = translation.plan.bound;
  const key = keys.find((each) => {
    const { family, text } = lockOf(each);
    return family === lock?.family && text === lock.text;
  });
  const locations = new Set(stops.flatMap((stop) => steps.location(stop) ?? []));
  const arrived = [...locations].flatMap((location) => walked.at(location));
  return outcomesFrom(translation, key, arrived, MAX_STATES);
}
