import { type CallEffect, type SleepChain, withConfirmedSleep } from "../../model/c/knowledge/index.ts";
import { readUnit } from "../../model/c/source/index.ts";
import { callGraph } from "../../tree/call-graph.ts";
import type { Effects, Judge } from "../judge/judge.ts";
import type { PairJudgement } from "../judge/pair.ts";
import { sleepOfItsCaller } from "../judge/sleep-of-its-caller.ts";
import type { ChangedEffect } from "./changed-effects.ts";

/** How a function comes to sleep, whoever calls it. */
export const sleepOf = (effect: CallEffect | undefined): SleepChain | undefined =>
  effect?.outcomes.flatMap(({ does }) => does.filter(({ confirmed }) => confirmed))[0]?.chain;

/** Calls within calls that a report goes through. */
const MAX_CHAIN = 5;

/**
 * Functions of one file, of those that were judged, that sleep in their callers' context by calls of functions that newly
 * do: where they are called in atomic context, this is as wrong.
 */
export async function callersAsleep(
  { pair: { after }, names, reports }: PairJudgement,
  sleepers: readonly ChangedEffect[],
  judge: Judge,
): Promise<readonly ChangedEffect[]> {
  if (!after || after.partial) return [];
  const unit = readUnit(after.text);
  const graph = callGraph(after.text, after.file);
  const known: Effects = new Map(sleepers.map((each) => [each.name, each.after]));
  const found: ChangedEffect[] = [];
  for (const name of names) {
    const each = unit.functions.find((one) => one.name === name);
    const call = each?.ownCalls.find((one) => sleepers.some((sleeper) => sleeper.name === one.name));
    const rest = sleepOf(known.get(call?.name ?? ""));
    if (!each || !call || !rest || rest.length >= MAX_CHAIN || graph.private.has(name)) continue;
    if (!(await sleepOfItsCaller(each, after, judge, known))) continue;
    const line = unit.lines.lineAt(each.bodyStart + call.at);
    const [before, now] = [reports.before, reports.after].map(({ effects }) => effects?.get(name));
    found.push({
      ...{ name, file: after.file, side: "after", before, private: false },
      after: withConfirmedSleep(name, now, [{ callee: call.name, line, file: after.file }, ...rest]),
      change: { lock: "", words: "may sleep", neutral: true },
    });
  }
  return found;
}
