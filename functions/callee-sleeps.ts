import { type FunctionReading, readFunction, type Surroundings } from "../model/c/index.ts";
import type { Sleepers } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import type { Finding } from "./finding.ts";
import { judgeReading, type ReadingOptions } from "./judge-reading.ts";
import { restingOnOthers, withoutOthers } from "./other-sources.ts";
import type { JudgedReading } from "./read-program.ts";
import { confirmSleep, type SleepAnswer } from "./sleep-confirmation.ts";
import { messageOfSleep } from "./sleep-message.ts";

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
  const judged: JudgedReading[] = [];
  for (const reading of readings) {
    const answers = new Map<number, SleepAnswer>();
    const read = await judgeConfirmed(reading, each, options, { ...callees, answers });
    judged.push(await restingOnOthers(read, () => judgeAlone(reading, each, options, callees)));
  }
  return judged;
}

/** The same reading, judged without what other files say. */
async function judgeAlone(
  { given }: FunctionReading,
  each: UnitFunction,
  options: ReadingOptions,
  { surroundings, sleepers }: Callees,
): Promise<JudgedReading | undefined> {
  const alone = { ...surroundings, known: withoutOthers(surroundings.known) };
  const { readings } = await readFunction(each, alone);
  const same = readings.find((reading) => reading.given.join() === given.join());
  const callees = { surroundings: alone, sleepers, answers: new Map<number, SleepAnswer>() };
  return same && judgeConfirmed(same, each, options, callees);
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
  const sleepless = () =>
    new Set([...answers].flatMap(([at, { kind }]) => (kind === "does not" ? [at] : [])));
  let read = judgeReading(reading, each, { ...options, sleepless: sleepless() });
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const asked = read.judged.calleeSleeps.filter(({ at }) => !answers.has(at));
    for (const { at, callee, finding } of asked) {
      const question = { caller: each, callee, at, lock: finding.lock, given: reading.given };
      answers.set(at, await confirmSleep(question, surroundings, sleepers));
    }
    if (asked.every(({ at }) => answers.get(at)?.kind !== "does not")) break;
    read = judgeReading(reading, each, { ...options, sleepless: sleepless() });
  }
  return asAnswered(read, answers, sleepers);
}

/** What is confirmed is told by the calls that came to sleep; what is not, is a hint. */
function asAnswered(read: JudgedReading, answers: Answering["answers"], sleepers: Sleepers): JudgedReading {
  const { calleeSleeps } = read.judged;
  if (calleeSleeps.length === 0) return read;
  const findings = read.judged.findings.map((each): Finding => {
    const about = calleeSleeps.find(({ finding: { id, line } }) => id === each.id && line === each.line);
    if (!about) return each;
    const answer = answers.get(about.at);
    const chain = answer?.kind === "sleeps" ? answer.chain : (sleepers.get(about.callee) ?? []);
    const functions = [each.function, about.callee, ...chain.slice(0, -1).map(({ callee }) => callee)];
    if (answer?.kind !== "sleeps") return { ...each, functions, confidence: "audit" };
    const last = chain.at(-1);
    const asleep = last && { asleep: `${last.callee} at ${last.line}` };
    return {
      ...each,
      ...asleep,
      functions,
      message: messageOfSleep({ ...about, lock: each.lock }, answer.chain),
    };
  });
  return { ...read, judged: { ...read.judged, findings } };
}
