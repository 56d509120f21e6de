import type { Surroundings } from "../../model/c/index.ts";
import type { Sleepers } from "../../model/c/knowledge/index.ts";
import { type Finding, inOrder } from "../finding.ts";
import { atomicContext, runsAtomic } from "./atomic-context.ts";
import { irqSafety } from "./irq-safety.ts";
import { lockOrder } from "./lock-order.ts";
import { rcuNotHeld } from "./rcu-not-held.ts";
import { registeredIn } from "./registered.ts";
import { seqNotReadAgain } from "./seq-not-read-again.ts";
import { sleepInCondition } from "./sleep-in-condition.ts";
import { UnitLocks } from "./unit-locks.ts";
import { UnitMoments } from "./unit-moments.ts";
import { waitUnderLock } from "./wait-under-lock.ts";

/** The rules that are judged beside the locks of a function. */
export const rulesAcross: readonly string[] = [
  "atomic-context",
  "irq-safety",
  "lock-order",
  "rcu-not-held",
  "seq-not-read-again",
  "sleep-in-condition",
];

/** What is certain of what the functions of one source show beside each other. */
export async function certainAcross(
  surroundings: Surroundings,
  sleepers: Sleepers,
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const registered = registeredIn(surroundings.unit).filter(
    ({ name, in: runs }) => runsAtomic(runs) && sleepers.has(name) && isAsked(name),
  );
  if (registered.length === 0) return [];
  const found = await atomicContext(surroundings.file, new UnitMoments(surroundings), registered, sleepers);
  return inOrder(found.filter(({ confidence }) => confidence === "hard"));
}

/** What the functions of one source show beside each other: hints, but for what is certain. */
export async function findingsAcross(
  surroundings: Surroundings,
  sleepers: Sleepers,
  isAsked: (name: string) => boolean,
): Promise<readonly Finding[]> {
  const { file, unit } = surroundings;
  const moments = new UnitMoments(surroundings);
  const registered = registeredIn(unit);
  const locks = new UnitLocks(moments);
  return inOrder([
    ...(await rcuNotHeld(file, moments, registered, isAsked)),
    ...(await waitUnderLock(file, locks, registered, isAsked)),
    ...(await irqSafety(file, locks, registered, isAsked)),
    ...(await atomicContext(
      file,
      moments,
      registered.filter(({ name }) => isAsked(name)),
      sleepers,
    )),
    ...(await lockOrder(file, locks, isAsked)),
    ...(await seqNotReadAgain(file, moments, isAsked)),
    ...sleepInCondition(file, surroundings, isAsked),
  ]);
}
