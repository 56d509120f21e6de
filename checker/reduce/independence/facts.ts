import type { Expression } from "../../../model/ir/expression.ts";
import type { Program, Update } from "../../../model/ir/model.ts";
import { keyOf, type Place, reads, targetOf } from "./access.ts";
import { conjunctsOf, isNone, leavesOf, placesThatAre } from "./conditions.ts";
import { type Flow, flowOf } from "./flow.ts";
import type { Step, Steps } from "./steps.ts";

type Places = ReadonlyMap<string, Place>;

/** What a task at a location knows of the variables that hold owners, whatever the others did. */
export interface Known {
  /** Places that hold the task. */
  readonly mine: Places;
  /** Places that do not. */
  readonly notMine: Places;
}

export interface Facts {
  /** As a task takes the step, an index reading the task's own variables; undefined where it never does. */
  at(step: Step): Known | undefined;
  atLocation(program: Program, location: string): Known;
}

const NOTHING: Known = { mine: new Map(), notMine: new Map() };

/**
 * The greatest solution over each program's control flow: what holds on every path to the location.
 * Only the task's own steps are followed: it is up to the caller to see that no other task interferes.
 */
export function factsOf(steps: Steps, candidates: ReadonlySet<string>): Facts {
  const byLocation = new Map<Program, ReadonlyMap<string, Known>>();
  const byStep = new Map<Step, Known>();
  for (const program of steps.counts.keys()) {
    const { locations, edges } = flowOf(program, steps);
    const known = solve({ locations, edges }, { steps, candidates });
    byLocation.set(program, metBy(locations.map((location, node) => [location, known[node] ?? NOTHING])));
    for (const [step, each] of metBy(edges.map(({ from, step }) => [step, known[from] ?? NOTHING]))) {
      byStep.set(step, each);
    }
  }
  return {
    at: (step) => byStep.get(step),
    atLocation: (program, location) => byLocation.get(program)?.get(location) ?? NOTHING,
  };
}

/** What holds in all that has the same key. */
function metBy<Key>(all: readonly (readonly [Key, Known])[]): ReadonlyMap<Key, Known> {
  const met = new Map<Key, Known>();
  for (const [key, known] of all) {
    const before = met.get(key);
    met.set(key, before ? meet(before, known) : known);
  }
  return met;
}

interface Context {
  readonly steps: Steps;
  readonly candidates: ReadonlySet<string>;
}

function solve({ locations, edges }: Flow, context: Context): readonly (Known | undefined)[] {
  const known: (Known | undefined)[] = locations.map(() => undefined);
  known[0] = { mine: new Map(), notMine: freeAtFirst(context) };
  for (let changed = true; changed; ) {
    changed = false;
    for (const { from, step, to } of edges) {
      const [before, here] = [known[to], known[from]];
      if (!here) continue;
      const behind = after(step, here, context);
      const met = before ? meet(before, behind) : behind;
      if (before && met.mine.size === before.mine.size && met.notMine.size === before.notMine.size) continue;
      known[to] = met;
      changed = true;
    }
  }
  return known;
}

function freeAtFirst({ steps, candidates }: Context): Places {
  const free = [...steps.variables.values()].filter(
    ({ name, index, initial }) => candidates.has(name) && !index && initial.every((value) => value === 0),
  );
  return new Map(free.map(({ name }) => [keyOf({ name }), { name }]));
}

function meet(one: Known, other: Known): Known {
  return { mine: common(one.mine, other.mine), notMine: common(one.notMine, other.notMine) };
}

function common(one: Places, other: Places): Places {
  return new Map([...one].filter(([key]) => other.has(key)));
}

/** What is known behind a step, from what is known before it. */
function after({ transition }: Step, known: Known, context: Context): Known {
  const guard = conjunctsOf(transition.guard);
  const written = transition.updates.map(targetOf);
  const lasting = (places: readonly Place[]) =>
    places.filter(
      (each) => !each.of && context.candidates.has(each.name) && isLasting(each, written, context.steps),
    );
  const owners = transition.updates.filter(({ variable }) => context.candidates.has(variable));
  const [taken, given] = [placesSetTo(isSelf, owners), placesSetTo(isNone, owners)];
  const notGivenUp = untouchedBy(placesNotSetTo(isSelf, owners));
  const notTaken = untouchedBy(placesNotSetTo(isNone, owners));
  const mine = lasting([...known.mine.values(), ...placesThatAre("self", guard), ...taken]);
  const notMine = lasting([...known.notMine.values(), ...placesThatAre("none", guard), ...given]);
  return { mine: keyed(mine.filter(notGivenUp)), notMine: keyed(notMine.filter(notTaken)) };
}

function isSelf({ kind }: Expression): boolean {
  return kind === "self";
}

/** Places that the updates surely give such a value. */
function placesSetTo(is: (value: Expression) => boolean, updates: readonly Update[]): readonly Place[] {
  return updates.filter(({ value }) => leavesOf(value).every((leaf) => is(leaf.value))).map(targetOf);
}

/** Places that the updates may change to any other value. */
function placesNotSetTo(is: (value: Expression) => boolean, updates: readonly Update[]): readonly Place[] {
  return updates
    .map((update) => ({ place: targetOf(update), leaves: leavesOf(update.value) }))
    .filter(({ place, leaves }) => leaves.some(({ value }) => !is(value) && !reads(value, place)))
    .map(({ place }) => place);
}

/** Whether the place still means the same behind the writes, whatever other tasks do. */
export function isLasting({ index }: Place, writes: readonly Place[], steps: Steps): boolean {
  if (index === undefined || index.kind === "constant" || index.kind === "self") return true;
  if (index.kind !== "variable" || index.of || !steps.isPrivate(index.name)) return false;
  return !writes.some(({ name }) => name === index.name);
}

function untouchedBy(writes: readonly Place[]) {
  return (place: Place): boolean => !writes.some((each) => mayBeSame(each, place));
}

/** Two elements are surely different only where both indices are constants. */
export function mayBeSame(one: Place, other: Place): boolean {
  if (one.name !== other.name) return false;
  const [index, otherIndex] = [one.index, other.index];
  if (index?.kind !== "constant" || otherIndex?.kind !== "constant") return true;
  return index.value === otherIndex.value;
}

function keyed(places: readonly Place[]): Places {
  return new Map(places.map((each) => [keyOf(each), each]));
}
