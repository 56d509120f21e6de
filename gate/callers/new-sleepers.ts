import { sleepersOf } from "../../functions/sleepers.ts";
import {
  type SleepChain,
  type Sleepers,
  tableKnowledge,
  withConfirmedSleep,
  withEffects,
} from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import { changedFunctions } from "../apply/image-pair.ts";
import type { Effects, Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { sleepOfItsCaller } from "../judge/sleep-of-its-caller.ts";
import type { Image } from "../rebuild/rebuild.ts";
import type { ChangedEffect } from "./changed-effects.ts";

/** Functions of one file that sleep in their callers' context since the change, and did not before. */
export async function newSleepers(judged: PairJudgement, judge: Judge): Promise<readonly ChangedEffect[]> {
  const { before, after } = judged.pair;
  if (!before || !after || before.partial || after.partial) return [];
  const names = changedFunctions(judged.pair);
  const around = await judge.around?.(after, names);
  const was = sleepersIn(before, await judge.around?.(before, names));
  const is = sleepersIn(after, around);
  const { functions } = readUnit(after.text);
  const known = callGraph(before.text, before.file).parameters;
  const open = [...is].filter(([name]) => known.has(name) && !was.has(name));
  const changes: ChangedEffect[] = [];
  for (const [name, chain] of open) {
    const found = functions.find((each) => each.name === name);
    if (found && (await sleepOfItsCaller(found, after, judge, around)))
      changes.push(changeOf(name, chain, judged, after));
  }
  return changes;
}

/** @param around what functions of other files do. */
const sleepersIn = ({ text }: Image, around: Effects | undefined): Sleepers =>
  sleepersOf(readUnit(text), around ? withEffects(tableKnowledge, around) : tableKnowledge);

function changeOf(
  name: string,
  chain: SleepChain,
  { reports }: PairJudgement,
  { file, text }: Image,
): ChangedEffect {
  const isPrivate = callGraph(text, file).private.has(name);
  const [before, after] = [reports.before, reports.after].map(({ effects }) => effects?.get(name));
  return {
    ...{ name, file, side: "after", before },
    after: withConfirmedSleep(name, after, isPrivate ? chain : chain.map((call) => ({ file, ...call }))),
    change: { lock: "", words: "may sleep", neutral: true },
    private: isPrivate,
  };
}
