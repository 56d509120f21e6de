import { readFunction } from "../model/c/index.ts";
import { type CallEffect, type Knowledge, takesLocks, withSignals } from "../model/c/knowledge/index.ts";
import type { Unit, UnitFunction } from "../model/c/source/index.ts";
import { requireReason } from "../model/not-modelled.ts";
import { Callees } from "./callees.ts";
import { statedEffects } from "./declared.ts";
import { ENOUGH_STATES } from "./explore.ts";
import { judgeReading } from "./judge-reading.ts";
import { calleeFirst } from "./order.ts";
import { missedIn } from "./unmodelled.ts";
import { NOT_SUMMARISED } from "./unsummarised.ts";

/** What functions do to their callers' locks, and which of them do otherwise in another reading of their `#if`s. */
export interface Effects {
  readonly effects: ReadonlyMap<string, CallEffect>;
  readonly varying: ReadonlySet<string>;
  /** Those that were not understood. */
  readonly open: ReadonlySet<string>;
}

/** Summarises `wanted` functions of a source, and finds nothing; what is not known for sure is left out. */
export async function effectsIn(
  unit: Unit,
  file: string,
  wanted: ReadonlySet<string>,
  base: Knowledge,
): Promise<Effects> {
  const known = withSignals(base, unit.text);
  const callees = new Callees(unit, known, known);
  const locks = (name: string) => takesLocks(callees.known, name);
  const { functions, circular } = calleeFirst(unit, locks, [...wanted]);
  for (const name of circular) callees.noteUnknown(name);
  callees.noteStated(statedEffects(unit.text, unit, known));
  for (const each of functions) {
    if (wanted.has(each.name) && [...each.calls].some(locks)) await note(each, unit, file, callees);
  }
  const effects = [...callees.effects].flatMap(([name, effect]) =>
    effect && effect.source !== NOT_SUMMARISED ? [[name, effect] as const] : [],
  );
  const open = [...callees.effects].flatMap(([name, effect]) =>
    effect?.source === NOT_SUMMARISED ? [name] : [],
  );
  return { effects: new Map(effects), varying: new Set(callees.otherEffects.keys()), open: new Set(open) };
}

async function note(each: UnitFunction, unit: Unit, file: string, callees: Callees): Promise<void> {
  const surroundings = { unit, file, known: callees.known };
  const isChanging = (name: string) => takesLocks(callees.known, name) && !callees.known.leavesLocks?.(name);
  try {
    const { readings } = await readFunction(each, surroundings);
    const read = readings.map((reading) => judgeReading(reading, each, { maxStates: ENOUGH_STATES }));
    const isCut = read.some(({ judged }) => judged.explored.capped);
    if (isCut || missedIn(each, read, surroundings, isChanging).length > 0) callees.noteCut(each);
    else callees.note(each, readings, read);
  } catch (error) {
    requireReason(error);
    callees.noteUnknown(each.name);
  }
}
