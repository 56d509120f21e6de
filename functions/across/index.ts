import type { Surroundings } from "../../model/c/index.ts";
import { type Finding, inOrder } from "../finding.ts";
import { atomicContext } from "./atomic-context.ts";
import { irqSafety } from "./irq-safety.ts";
import { lockOrder } from "./lock-order.ts";
import { rcuNotHeld } from "./rcu-not-held.ts";
import { registeredIn } from "./registered.ts";
import { UnitLocks } from "./unit-locks.ts";
import { UnitMoments } from "./unit-moments.ts";
import { waitUnderLock } from "./wait-under-lock.ts";

/** The rules that no function shows by itself: all hints. */
export const rulesAcross: readonly string[] = ["atomic-context", "irq-safety", "lock-order", "rcu-not-held"];

/** What the functions of one source show beside each other: hints. */
export async function findingsAcross(
  surroundings: Surroundings,
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
    )),
    ...(await lockOrder(file, locks, isAsked)),
  ]);
}
