import type { Run } from "../../checker/result.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { type Model, programsByTask } from "../../model/ir/model.ts";
import type { Subject } from "../subject.ts";
import type { Violation } from "./attempt.ts";
import { shrinkByReplay } from "./by-replay.ts";
import { shrinkBySearch } from "./by-search.ts";
import type { Family } from "./family.ts";
import { type Script, scriptOf } from "./script.ts";

export interface ShrinkOptions {
  /** How far each search may go; `false`: no search at all, by replay alone. */
  readonly search?: SearchOptions | false;
}

/** A run in the smallest size and the fewest steps that were found. */
export interface Shrunk {
  readonly subject: Subject;
  readonly run: Run;
  /** Whether a full search has shown that no shorter run of this size violates the property. */
  readonly shortest: boolean;
}

const LIMITS: SearchOptions = { maxStates: 200_000 };

/**
 * Makes a violating run of the family's subject small: first its sizes, then its steps, its adverse
 * outcomes, its context switches. Searches where the model is small enough, and tries otherwise.
 * @throws Error where the run does not violate the property.
 */
export function shrink(family: Family, property: string, run: Run, options: ShrinkOptions = {}): Shrunk {
  const limits = options.search ?? LIMITS;
  const model = family.subject.judgedBy([property]);
  const given = tryAt(family.subject, property, scriptOf(model, run));
  if (!given) throw new Error(`the run does not violate ${property}`);
  if (limits === false) return trySizes(family, property, given);
  return (
    searchSmallest(family, property, limits) ?? undercut(trySizes(family, property, given), property, limits)
  );
}

/** The smallest size that violates the property, where all smaller ones can be searched; else undefined. */
export function searchSmallest(
  family: Family,
  property: string,
  limits: SearchOptions = LIMITS,
): Shrunk | undefined {
  for (const subject of sizes(family)) {
    const { violation, conclusive } = shrinkBySearch(subject.judgedBy([property]), property, limits);
    if (violation) return shrunk(subject, violation, true);
    if (!conclusive) return undefined;
  }
  return undefined;
}

/** The shorter a run, the smaller the size that it fits; and there it may get shorter again. */
function trySizes(family: Family, property: string, given: Shrunk): Shrunk {
  const model = given.subject.judgedBy([property]);
  const script = scriptOf(model, given.run);
  const renamed = withFirstTasks(model, script);
  for (const subject of sizes(family)) {
    if (sizeOf(subject) === sizeOf(given.subject)) break;
    const smaller = tryAt(subject, property, renamed) ?? tryAt(subject, property, script);
    if (smaller) return trySizes(family, property, smaller);
  }
  return given;
}

function* sizes(family: Family): Generator<Subject> {
  yield* family.smaller();
  yield family.subject;
}

const sizeOf = ({ identity }: Subject): string => JSON.stringify(identity.parameters);

/** Shrinks a script on this subject; undefined where it violates nothing there. */
function tryAt(subject: Subject, property: string, script: Script): Shrunk | undefined {
  const violation = shrinkByReplay(subject.judgedBy([property]), property, script);
  return violation && shrunk(subject, violation, false);
}

/** Searches only for what is shorter than what is known: that is often within reach. */
function undercut(known: Shrunk, property: string, limits: SearchOptions): Shrunk {
  const steps = known.run.moves.length;
  if (steps === 0) return { ...known, shortest: true };
  const model = known.subject.judgedBy([property]);
  const shorter = shrinkBySearch(model, property, { ...limits, maxDepth: steps - 1 });
  if (shorter.violation) return shrunk(known.subject, shorter.violation, true);
  return { ...known, shortest: shorter.conclusive };
}

function shrunk(subject: Subject, { initial, moves }: Violation, shortest: boolean): Shrunk {
  return { subject, run: { initial, moves }, shortest };
}

/** The script told of the first tasks that run the same programs, so that it fits a model with fewer tasks. */
function withFirstTasks(model: Model, script: Script): Script {
  const programs = programsByTask(model);
  const ids = new Map<number, number>();
  for (const { task } of script.intents) {
    if (ids.has(task)) continue;
    const taken = new Set(ids.values());
    const first = programs.findIndex((name, at) => name === programs[task - 1] && !taken.has(at + 1));
    ids.set(task, first + 1);
  }
  return {
    ...script,
    intents: script.intents.map((each) => ({ ...each, task: ids.get(each.task) ?? each.task })),
  };
}
