import { boundsOf } from "../../../model/ir/domain.ts";
import type { Program, Variable } from "../../../model/ir/model.ts";
import { setsOf } from "../../../model/ir/model.ts";
import { addedBy } from "./access.ts";
import type { Step, Steps } from "./steps.ts";

interface Interval {
  readonly min: number;
  readonly max: number;
}

/**
 * Shared numbers to which tasks only ever add, and which provably stay within their domain: then two
 * additions commute, and in no order does one of them fail. What a task has added is a matter of its
 * location; the sum over all tasks bounds the number.
 */
export function commutingCounters(steps: Steps): ReadonlySet<string> {
  const counters = [...steps.variables.values()].filter((each) => isCounter(each, steps));
  return new Set(counters.filter((each) => staysWithin(each, steps)).map(({ name }) => name));
}

function isCounter({ name, scope, domain, index }: Variable, { all }: Steps): boolean {
  if (scope !== "shared" || domain.kind !== "range" || index) return false;
  const writes = all.flatMap(({ accesses }) => accesses).filter(({ place }) => place.name === name);
  return writes.every(({ mode }) => mode !== "writes") && writes.some(({ mode }) => mode === "adds");
}

function staysWithin({ name, domain, initial }: Variable, steps: Steps): boolean {
  const { min, max } = boundsOf(domain, setsOf(steps.problem.model));
  const sum = { min: Math.min(...initial), max: Math.max(...initial) };
  for (const [program, count] of steps.counts) {
    const added = addedAt(program, name, steps, max - min);
    if (!added) return false;
    sum.min += added.min * count;
    sum.max += added.max * count;
  }
  return sum.min >= min && sum.max <= max;
}

/** What one task may have added at any of its locations; undefined where a loop adds up without end. */
function addedAt(program: Program, name: string, { all }: Steps, limit: number): Interval | undefined {
  const own = all.filter((each) => each.program === program);
  const added = new Map<string, Interval>([[program.start, { min: 0, max: 0 }]]);
  const open = [program.start];
  for (let from = open.pop(); from !== undefined; from = open.pop()) {
    const here = added.get(from) ?? { min: 0, max: 0 };
    if (here.min < -limit || here.max > limit) return undefined;
    for (const step of own.filter(({ transition }) => transition.from === from)) {
      const before = added.get(step.transition.to);
      const behind = hull(shift(here, amountOf(step, name)), before);
      if (before && behind.min === before.min && behind.max === before.max) continue;
      added.set(step.transition.to, behind);
      open.push(step.transition.to);
    }
  }
  const all_ = [...added.values()];
  return { min: Math.min(...all_.map(({ min }) => min)), max: Math.max(...all_.map(({ max }) => max)) };
}

function amountOf({ transition }: Step, name: string): number {
  const amounts = transition.updates
    .filter(({ variable }) => variable === name)
    .map((each) => addedBy(each) ?? 0);
  return amounts.at(-1) ?? 0;
}

function shift({ min, max }: Interval, by: number): Interval {
  return { min: min + by, max: max + by };
}

function hull(one: Interval, other: Interval | undefined): Interval {
  if (!other) return one;
  return { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) };
}
