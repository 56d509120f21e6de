import { type Expression, not, or } from "../../ir/expression.ts";
import type { ResolvedOperation } from "../calls/calls.ts";
import type { Plan } from "../plan/plan.ts";
import { HELD, HELD_EXCLUSIVE, statusIn } from "../status/status.ts";

/** By its name: a lock that one holds oneself can't be had by trying, and lockdep says nothing of it. */
const TRIES = /(?:^|_)trylock(?:_|$)/;

/** Where such a call can have got what it tried for; undefined for any other call. */
export function triedGuard(
  plan: Plan,
  name: string,
  does: readonly ResolvedOperation[],
): Expression | undefined {
  if (!TRIES.test(name)) return undefined;
  const held = does.flatMap(({ operation, key }) => {
    const lock = key === undefined ? undefined : plan.bound.keys[key];
    if (!lock || operation.kind !== "acquire") return [];
    return [statusIn(lock, operation.mode === "shared" ? HELD_EXCLUSIVE : HELD)];
  });
  return held.length > 0 ? not(or(...held)) : undefined;
}
