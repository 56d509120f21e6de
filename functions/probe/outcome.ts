import type { State } from "../../checker/interpret/state.ts";
import {
  familyOf,
  type Key,
  RETURNED,
  type ReturnedClass,
  returnedClass,
  type Translation,
} from "../../model/c/index.ts";
import { type Status, statusAt } from "../../model/c/status/index.ts";
import { netOf } from "../exit.ts";
import { exitFinding, nameOf } from "../exit-finding.ts";
import type { Finding } from "../finding.ts";
import type { Answer } from "./answer.ts";
import { coneOf } from "./cone.ts";
import { endingWhereOverwritten, OVERWRITTEN, RELOCKED, relockings } from "./early-end.ts";
import { type Reached, walk } from "./walk.ts";

/** A lock as a function names it. */
export interface Lock {
  readonly family: string;
  readonly text: string;
}

export const lockOf = (key: Key): Lock => ({ family: familyOf(key.object), text: nameOf(key) });

/**
 * What a function leaves a lock as: `kept` is one more than on entry, `lost` one less, `given back` as it was after
 * it was taken. A lock of unknown state on entry may be known to be `held` or `free` by now.
 */
type Left = "kept" | "lost" | "as it was" | "given back" | "held" | "free" | "unsure";

/** How a path ends for a lock, seen from some step on it. */
export interface Outcome {
  /** What the function has done to the lock when it comes to the step. */
  readonly start: Status;
  /** The class of what it returns; or the variable that the lock is known by is overwritten, or it is taken again. */
  readonly how: ReturnedClass | typeof OVERWRITTEN | typeof RELOCKED;
  readonly left: Left;
  /** The finding that this is wrong, with the path there; it names the lock so. */
  finding(lock: string, message: string): Finding;
}

/** The different ways on from states at a step, one of each look; the shortest stands for it. */
export function outcomesFrom(
  translation: Translation,
  key: Key | undefined,
  arrived: readonly Reached[],
  maxStates: number,
): Answer<readonly Outcome[]> {
  const whole = key ? endingWhereOverwritten(translation, key) : translation.model;
  const { model, project } = coneOf(whole, [RETURNED.name, ...(key ? statusNames(key) : [])]);
  const found: Outcome[] = [];
  for (const [start, group] of startsOf(arrived, key, project)) {
    const walked = walk(
      model,
      group.map(({ state }) => state),
      maxStates,
    );
    if (walked.capped) return { kind: "capped", reason: walked.capped };
    const relocked = key ? relockings(translation, key, walked, (each) => statusIn(each.state(), key)) : [];
    const ended = [...walked.at("end"), ...walked.at(OVERWRITTEN), ...relocked];
    const outcomes = ended.map((each): Outcome => {
      const state = each.state();
      const way = { how: howOf(state), left: leftOf(statusIn(state, key)) };
      const run = () => ({
        initial: 0,
        moves: [...(group[each.origin()]?.reached.moves() ?? []), ...each.moves()],
      });
      return { start, ...way, finding: (...said) => exitFinding(translation, run(), ...said) };
    });
    found.push(...new Map(outcomes.toReversed().map((each) => [`${each.how} ${each.left}`, each])).values());
  }
  return { kind: "reached", found };
}

interface Start {
  readonly reached: Reached;
  readonly state: State;
}

/** Where paths start, by the lock's status there; of states that only differ in what does not matter, the first. */
function startsOf(
  arrived: readonly Reached[],
  key: Key | undefined,
  project: (state: State) => State,
): ReadonlyMap<Status, readonly Start[]> {
  const starts = new Map<Status, Map<string, Start>>();
  for (const reached of arrived) {
    const state = project(reached.state());
    const start = statusIn(state, key);
    const group = starts.get(start) ?? new Map<string, Start>();
    starts.set(start, group);
    const look = JSON.stringify(state);
    if (!group.has(look)) group.set(look, { reached, state });
  }
  return new Map([...starts].map(([start, group]) => [start, [...group.values()]]));
}

/** The variables that hold the status of a lock. */
function statusNames(key: Key): readonly string[] {
  const names: string[] = [];
  statusAt(key, (name) => {
    names.push(name);
    return 0;
  });
  return names;
}

function statusIn({ tasks }: State, key: Key | undefined): Status {
  const [task] = tasks;
  return key && task ? statusAt(key, (name) => Number(task.variables[name])) : "untouched";
}

function howOf({ tasks: [task] }: State): Outcome["how"] {
  if (task?.location === OVERWRITTEN) return OVERWRITTEN;
  if (task?.location !== "end") return RELOCKED;
  return returnedClass(Number(task?.variables[RETURNED.name] ?? 0));
}

function leftOf(status: Status): Left {
  if (status === "taken" || status === "taken-shared") return "held";
  if (status === "maybe released") return "free";
  if (status === "released") return "given back";
  const net = netOf(status);
  return net === undefined ? "unsure" : net === 0 ? "as it was" : net === 1 ? "kept" : "lost";
}
