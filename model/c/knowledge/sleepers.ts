import { maySleep } from "../../kernel/table/operations.ts";
import { ANY } from "../flow/graph.ts";
import type { CallEffect, Knowledge, PlacedOperation, SleepChain } from "./effect.ts";

/** Functions that may sleep, by name, each with the shortest chain of calls that leads to it. */
export type Sleepers = ReadonlyMap<string, SleepChain>;

/** The same knowledge, by which calls of these functions may also sleep: before they do anything else. */
export function withSleepers(base: Knowledge, sleepers: Sleepers): Knowledge {
  return {
    ...base,
    leavesLocks: (name) => base.leavesLocks?.(name) || (sleepers.has(name) && !base.matters(name)),
    find: (name, args) => {
      const found = base.find(name, args);
      // Of its own functions the source says whether they sleep.
      const effect = base.isDefined?.(name) && isListed(found) ? undefined : found;
      const chain = sleepers.get(name);
      // What the list is certain of, a body of another file would make a hint.
      if (isCertain(effect)) return effect;
      return chain ? sleeping(name, effect, { operation: maySleep, chain }) : effect;
    },
  };
}

const isListed = (effect: CallEffect | undefined): boolean =>
  effect?.outcomes.some(({ does }) => does.some(({ listed }) => listed)) === true;

const isCertain = (effect: CallEffect | undefined): effect is CallEffect =>
  effect?.outcomes.some(({ does }) => does.some(({ listed }) => listed === "certain")) === true;

/** What a function of another file does that sleeps in its caller's context, by a chain that was confirmed. */
export const withConfirmedSleep = (
  name: string,
  effect: CallEffect | undefined,
  chain: SleepChain,
): CallEffect => sleeping(name, effect, { operation: maySleep, chain, confirmed: true });

function sleeping(name: string, effect: CallEffect | undefined, sleep: PlacedOperation): CallEffect {
  if (!effect) {
    return { name, source: "summary", outcomes: [{ name: "done", weight: 0, does: [sleep], returns: ANY }] };
  }
  const outcomes = effect.outcomes.map((each) => ({ ...each, does: [sleep, ...each.does] }));
  return { ...effect, outcomes };
}
