import type { FunctionReading, Surroundings } from "../model/c/index.ts";
import type { Sleepers } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import type { Finding } from "./finding.ts";
import type { CalleeSleep } from "./judge.ts";
import { judgeReading, type ReadingOptions } from "./judge-reading.ts";
import type { JudgedReading } from "./read-program.ts";
import { confirmSleep, type SleepAnswer } from "./sleep-confirmation.ts";

/** What a function's callees are judged by. */
export interface Callees {
  readonly surroundings: Surroundings;
  readonly sleepers: Sleepers;
}

/** Calls found not to sleep hide no more than so many others. */
const MAX_ROUNDS = 4;

/** Judges the readings of a function; that a callee sleeps in atomic context counts where its body confirms it. */
export async function judgeReadings(
  readings: readonly FunctionReading[],
  each: UnitFunction,
  options: ReadingOptions,
  callees: Callees,
): Promise<readonly JudgedReading[]> {
  const answers = new Map<number, SleepAnswer>();
  const judged: JudgedReading[] = [];
  for (const reading of readings)
    judged.push(await judgeConfirmed(reading, each, options, { ...callees, answers }));
  return judged;
}

interface Answering extends Callees {
  /** By offset of the call. */
  readonly answers: Map<number, SleepAnswer>;
}

async function judgeConfirmed(
  reading: FunctionReading,
  each: UnitFunction,
  options: ReadingOptions,
  { surroundings, sleepers, answers }: Answering,
): Promise<JudgedReading> {
  const answered = (answer: SleepAnswer) =>
    [...answers].flatMap(([at, given]) => (given === answer ? [at] : []));
  let read = judgeReading(reading, each, { ...options, sleepless: new Set(answered("does not")) });
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const asked = read.judged.calleeSleeps.filter(({ at }) => !answers.has(at));
    for (const { at, callee, finding } of asked) {
      const question = { caller: each, callee, at, lock: finding.lock };
      answers.set(at, await confirmSleep(question, surroundings, sleepers));
    }
    if (asked.every(({ at }) => answers.get(at) !== "does not")) break;
    read = judgeReading(reading, each, { ...options, sleepless: new Set(answered("does not")) });
  }
  return withUnconfirmed(read, (sleep) => answers.get(sleep.at) !== "sleeps");
}

/** What is not confirmed is a hint. */
function withUnconfirmed(read: JudgedReading, isOpen: (sleep: CalleeSleep) => boolean): JudgedReading {
  const open = read.judged.calleeSleeps.filter(isOpen).map(({ finding }) => finding);
  if (open.length === 0) return read;
  const isHint = (each: Finding) => open.some(({ id, line }) => id === each.id && line === each.line);
  const findings = read.judged.findings.map((each) =>
    isHint(each) ? { ...each, confidence: "audit" as const } : each,
  );
  return { ...read, judged: { ...read.judged, findings } };
}
