import { initialStates } from "../../checker/interpret/initial-states.ts";
import { type FactChoice, readFunction, type Surroundings, type Translation } from "../../model/c/index.ts";
import type { Knowledge } from "../../model/c/knowledge/index.ts";
import { functionsNamed, readUnit, type UnitFunction } from "../../model/c/source/index.ts";
import { NotModelled } from "../../model/not-modelled.ts";
import type { SourceText } from "../check.ts";
import { MAX_STATES } from "../explore.ts";
import { asHint, orWithFewerFacts } from "../fewer-facts.ts";
import type { Finding } from "../finding.ts";
import type { Answer } from "./answer.ts";
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
  outcomes(stops: readonly Stop[], lock: Lock | undefined): Answer<readonly Outcome[]>;
}

export type ProbeAnswer = Answer<Probe> | { readonly kind: "no such function" };

const MAX_ROUNDS = 3;

/** Explores a function of a source, by what is known of its callees. */
export async function probeFunction(
  { file, text }: SourceText,
  name: string,
  known: Knowledge,
  doubted: ReadonlySet<string> = new Set(),
): Promise<ProbeAnswer> {
  const unit = readUnit(text);
  const own = functionsNamed(text, name);
  if (own.length === 0) return { kind: "no such function" };
  try {
    const parts: Part[] = [];
    for (const each of own) parts.push(...(await partsOf(each, { unit, file, known }, doubted)));
    const reason = parts.find(({ walked }) => walked.capped)?.walked.capped;
    return reason ? { kind: "capped", reason } : { kind: "reached", found: probeOf(parts) };
  } catch (error) {
    if (error instanceof NotModelled) return { kind: "not modelled", reason: error.reason };
    throw error;
  }
}

function probeOf(parts: readonly Part[]): Probe {
  const locks = parts.flatMap(({ translation }) => translation.plan.calls.keys.map(lockOf));
  return {
    locks: [...new Map(locks.map((each) => [`${each.family} ${each.text}`, each])).values()],
    doubted: new Set(parts.flatMap((part) => [...part.doubted])),
    entries: (lines) => parts.flatMap(({ steps }) => steps.entries(lines)),
    exits: (lines) => parts.flatMap(({ steps }) => steps.exits(lines)),
    outcomes: (stops, lock) => {
      const found: Outcome[] = [];
      for (const part of parts) {
        const answer = outcomesOf(part, stops, lock);
        if (answer.kind !== "reached") return answer;
        found.push(...answer.found);
      }
      return { kind: "reached", found };
    },
  };
}

/** One reading of a function, explored. */
interface Part {
  readonly translation: Translation;
  readonly steps: Steps;
  readonly walked: Walk;
  readonly doubted: ReadonlySet<string>;
  /** How what is found in it is told. */
  readonly told: (finding: Finding) => Finding;
}

const same = (finding: Finding): Finding => finding;

async function partsOf(
  each: UnitFunction,
  surroundings: Surroundings,
  doubted: ReadonlySet<string>,
): Promise<readonly Part[]> {
  const { readings } = await readFunction(each, surroundings);
  return readings.map(({ program }) => {
    const explore = (without: ReadonlySet<string>, rounds: number): Part => {
      const { made, fewer } = explored(program, without);
      const { translation, walked } = made;
      const more = rounds > 0 ? doubtedFacts(translation.plan, walked) : [];
      if (more.length > 0) return explore(new Set([...without, ...more]), rounds - 1);
      const steps = stepsOf(translation, surroundings.unit.lines);
      return { translation, steps, walked, doubted: without, told: fewer ? asHint : same };
    };
    return explore(doubted, MAX_ROUNDS);
  });
}

/** With fewer facts where all of them make too many states. */
function explored(program: (choice: FactChoice) => Translation, without: ReadonlySet<string>) {
  const attempt = (facts: FactChoice, maxStates: number) => {
    const translation = program(facts);
    return { translation, walked: walk(translation.model, initialStates(translation.model), maxStates) };
  };
  return orWithFewerFacts({ without }, MAX_STATES, attempt, ({ walked }) => walked.capped !== undefined);
}

type Said = Parameters<Outcome["finding"]>;

function outcomesOf(
  { translation, steps, walked, told }: Part,
  stops: readonly Stop[],
  lock: Lock | undefined,
): Answer<readonly Outcome[]> {
  const { keys } = translation.plan.calls;
  const key = keys.find((each) => {
    const { family, text } = lockOf(each);
    return family === lock?.family && text === lock.text;
  });
  const locations = new Set(stops.flatMap((stop) => steps.location(stop) ?? []));
  const arrived = [...locations].flatMap((location) => walked.at(location));
  const answer = outcomesFrom(translation, key, arrived, MAX_STATES);
  if (answer.kind !== "reached") return answer;
  const found = answer.found.map((each) => ({
    ...each,
    finding: (...said: Said) => told(each.finding(...said)),
  }));
  return { kind: "reached", found };
}
