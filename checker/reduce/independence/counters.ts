import { boundsOf } from "../../../model/ir/domain.ts";
import { type Program, setsOf, type Variable } from "../../../model/ir/model.ts";
import { addedBy, keyOf, type Place, targetOf } from "./access.ts";
import { isLasting } from "./facts.ts";
import { flowOf } from "./flow.ts";
import type { Step, Steps } from "./steps.ts";

interface Interval {
  readonly min: number;
  readonly max: number;
}

const ZERO: Interval = { min: 0, max: 0 };

/** What a task has added to a place. */
interface Addition extends Interval {
  readonly place: Place;
}

/** By the text of the place; those to which nothing was added are absent. */
type Added = ReadonlyMap<string, Addition>;

/**
 * Shared numbers to which tasks only ever add, and which provably stay within their domain: then two
 * additions commute, and in no order does one of them fail. What a task has added is a matter of its
 * location; the sum over all tasks bounds the number.
 */
export function commutingCounters(steps: Steps): ReadonlySet<string> {
  const counters = [...steps.variables.values()].filter((each) => isCounter(each, steps));
  return new Set(counters.filter((each) => staysWithin(each, steps)).map(({ name }) => name));
}

function isCounter({ name, scope, domain }: Variable, { all }: Steps): boolean {
  if (scope !== "shared" || domain.kind !== "range") return false;
  const accesses = all.flatMap((each) => each.accesses).filter(({ place }) => place.name === name);
  return accesses.every(({ mode }) => mode !== "writes") && accesses.some(({ mode }) => mode === "adds");
}

function staysWithin(variable: Variable, steps: Steps): boolean {
  const { domain, initial } = variable;
  const { min, max } = boundsOf(domain, setsOf(steps.problem.model));
  const sum = { min: Math.min(...initial), max: Math.max(...initial) };
  for (const [program, count] of steps.counts) {
    const added = maxAdded(program, variable, steps, max - min);
    if (!added) return false;
    sum.min += added.min * count;
    sum.max += added.max * count;
  }
  return sum.min >= min && sum.max <= max;
}

/** What one task may have added to one place at any time; undefined where that has no end or is not known. */
function maxAdded(program: Program, variable: Variable, steps: Steps, limit: number): Interval | undefined {
  const { locations, edges } = flowOf(program, steps);
  const known: (Added | undefined)[] = locations.map(() => undefined);
  known[0] = new Map();
  let most = ZERO;
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, step, to } of edges) {
      const [here, before] = [known[from], known[to]];
      if (!here) continue;
      const behind = after(step, here, variable, steps);
      if (!behind) return undefined;
      const joined = join(behind, before);
      if (before && sameAdded(joined, before)) continue;
      most = hull(most, total(joined));
      if (most.min < -limit || most.max > limit) return undefined;
      known[to] = joined;
      changed = true;
    }
  }
  return most;
}

/** Undefined where a place that was added to cannot be told any more behind the step. */
function after({ transition }: Step, before: Added, { name }: Variable, steps: Steps): Added | undefined {
  const [update, another] = transition.updates.filter(({ variable }) => variable === name);
  if (another) return undefined;
  const behind = new Map(before);
  if (update) {
    const [place, by] = [targetOf(update), addedBy(update) ?? 0];
    const { min, max } = before.get(keyOf(place)) ?? ZERO;
    behind.set(keyOf(place), { place, min: min + by, max: max + by });
  }
  const written = transition.updates.map(targetOf);
  const left = [...behind].filter(([, { min, max }]) => min !== 0 || max !== 0);
  return left.every(([, { place }]) => isLasting(place, written, steps)) ? new Map(left) : undefined;
}

function join(one: Added, other: Added = one): Added {
  const all = [...new Map([...one, ...other])];
  return new Map(
    all.map(([key, { place }]) => [key, { place, ...hull(one.get(key) ?? ZERO, other.get(key) ?? ZERO) }]),
  );
}

/** Of all places together, for they may all be the same one. */
function total(added: Added): Interval {
  const all = [...added.values()];
  return {
    min: all.reduce((sum, { min }) => sum + Math.min(0, min), 0),
    max: all.reduce((sum, { max }) => sum + Math.max(0, max), 0),
  };
}

function sameAdded(one: Added, other: Added): boolean {
  if (one.size !== other.size) return false;
  return [...one].every(([key, { min, max }]) => other.get(key)?.min === min && other.get(key)?.max === max);
}

function hull(one: Interval, other: Interval): Interval {
  return { min: Math.min(one.min, other.min), max: Math.max(one.max, other.max) };
}
