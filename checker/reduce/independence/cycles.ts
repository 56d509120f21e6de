import type { Program } from "../../../model/ir/model.ts";
import { addedBy } from "./access.ts";
import type { Step, Steps } from "./steps.ts";

/**
 * Locations to be held unsafe so that every cycle of a task's states passes one: otherwise eager moves could
 * go round for ever and put off the other tasks' steps. A cycle of locations that only ever counts one of
 * the task's own variables up (or down) is no cycle of states.
 */
export function locationsToStopAt(
  program: Program,
  isSafe: (location: string) => boolean,
  steps: Steps,
): ReadonlySet<string> {
  const stops = new Set<string>();
  const own = steps.all.filter((each) => each.program === program);
  for (;;) {
    const eager = own.filter(({ transition }) => isSafe(transition.from) && !stops.has(transition.from));
    const [cycle] = cyclesOf(eager).flatMap((each) => lastingCycles(each, steps));
    if (!cycle) return stops;
    stops.add(mostEntered(cycle));
  }
}

/** The parts of a cycle that remain without the steps that count. */
function lastingCycles(cycle: readonly Step[], steps: Steps): readonly (readonly Step[])[] {
  const counting = ownCounters(cycle, steps);
  if (counting.size === 0) return [cycle];
  const rest = cycle.filter(
    ({ transition }) => !transition.updates.some((each) => counting.has(each.variable)),
  );
  return cyclesOf(rest).flatMap((each) => lastingCycles(each, steps));
}

/** Variables of the task that the cycle's steps only ever change in one direction. */
function ownCounters(cycle: readonly Step[], steps: Steps): ReadonlySet<string> {
  const updates = cycle.flatMap(({ transition }) => transition.updates);
  const names = new Set(updates.map(({ variable }) => variable));
  return new Set(
    [...names].filter((name) => {
      const amounts = updates.filter(({ variable }) => variable === name).map((each) => addedBy(each) ?? 0);
      const oneWay = amounts.every((each) => each > 0) || amounts.every((each) => each < 0);
      return oneWay && steps.isPrivate(name) && steps.variables.get(name)?.index === undefined;
    }),
  );
}

/** Groups of steps among whose locations each leads to each: the strongly connected parts, without lone locations. */
function cyclesOf(steps: readonly Step[]): readonly (readonly Step[])[] {
  const locations = [...new Set(steps.map(({ transition }) => transition.from))];
  const reach = new Map(locations.map((each) => [each, reachableFrom(each, steps)]));
  const leadsTo = (from: string, to: string) => reach.get(from)?.has(to) ?? false;
  const grouped = new Set<string>();
  return locations.flatMap((each) => {
    if (grouped.has(each) || !leadsTo(each, each)) return [];
    const group = new Set(locations.filter((other) => leadsTo(each, other) && leadsTo(other, each)));
    for (const member of group) grouped.add(member);
    return [steps.filter(({ transition }) => group.has(transition.from) && group.has(transition.to))];
  });
}

/** Locations that one or more steps lead to. */
function reachableFrom(location: string, steps: readonly Step[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [location];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    for (const { transition } of steps) {
      if (transition.from !== from || found.has(transition.to)) continue;
      found.add(transition.to);
      open.push(transition.to);
    }
  }
  return found;
}

function mostEntered(cycle: readonly Step[]): string {
  const entered = new Map<string, number>();
  for (const { transition } of cycle) entered.set(transition.to, (entered.get(transition.to) ?? 0) + 1);
  const [[location] = [""]] = [...entered].sort(([, one], [, other]) => other - one);
  return location;
}
