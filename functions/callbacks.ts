import type { Surroundings } from "../model/c/index.ts";
import type { CallEffect, Sleepers } from "../model/c/knowledge/index.ts";
import type { UnitFunction } from "../model/c/source/index.ts";
import { atomicIn, type Callback, callbackProblem } from "./callback-problem.ts";
import type { CallbackSite } from "./callback-sites.ts";
import { heldLinesOf } from "./held-lines.ts";
import type { UnknownLockCall } from "./unknown-locks.ts";

interface Known {
  readonly surroundings: Surroundings;
  /** What the functions of the source do to locks, by name. */
  readonly effects: ReadonlyMap<string, CallEffect | undefined>;
  readonly sleepers: Sleepers;
}

/**
 * Calls under a lock of what comes to a function of the source that sleeps, or takes a lock like that: they are handed
 * it, or an object that it was put into; or they go through a member that the source gives it to.
 */
export async function callbacksUnderLock(
  each: UnitFunction,
  sites: readonly CallbackSite[],
  { surroundings, effects, sleepers }: Known,
): Promise<readonly UnknownLockCall[]> {
  if (sites.length === 0) return [];
  const held = await heldLinesOf(each, surroundings);
  return sites.flatMap((site) => {
    const { call, callback, how } = site;
    const line = surroundings.unit.lines.lineAt(call.from);
    const under = held.lines.find((one) => one.line === line)?.held ?? new Set<string>();
    const own = { effect: effects.get(callback), sleeps: sleepers.has(callback) };
    const what = problemAt(site, own, under);
    if (what === undefined) return [];
    return [
      {
        ...{ function: each.name, callee: call.callee, arguments: call.arguments, line },
        at: call.at,
        callback: `${how} ${callback}(), which ${what}`,
      },
    ];
  });
}

/** What a callback does where that matters under what is held at its site; undefined for nothing. */
export function problemAt(
  { isElsewhere }: CallbackSite,
  callback: Callback,
  held: ReadonlySet<string>,
): string | undefined {
  const atomic = isElsewhere ? atomicIn(held) : undefined;
  return atomic === undefined ? callbackProblem(callback, held) : `may do anything under ${atomic}`;
}
