import type { GroundProblem, GroundTask } from "../../ground/ground-problem.ts";
import { type Effect, effectAt, readAt, type Surroundings } from "./effect.ts";
import { type Grid, valuesAt } from "./grid.ts";

/** A place that may be come to, and what is done from there. */
interface Flow {
  /** What is judged there. */
  readonly judged: bigint;
  readonly effects: readonly Effect[];
  readonly from: Set<number>;
  live: bigint;
}

/** The slots, as bits, that may be read before they are written, from each place that may be come to. */
export function liveSlots(
  ground: GroundProblem,
  task: GroundTask,
  grid: Grid,
  initial: readonly number[],
): ReadonlyMap<number, bigint> {
  const flows = flowsFrom(ground, task, grid, initial);
  // What is live is carried backwards, so from the last that was come to.
  const waiting = new Set([...flows.keys()].reverse());
  for (const place of waiting) {
    waiting.delete(place);
    const flow = flows.get(place);
    if (!flow) continue;
    const live = liveAt(flow, flows);
    if (live === flow.live) continue;
    flow.live = live;
    for (const each of flow.from) waiting.add(each);
  }
  return new Map([...flows].map(([place, { live }]) => [place, live]));
}

function liveAt({ judged, effects }: Flow, flows: ReadonlyMap<number, Flow>): bigint {
  let live = judged;
  for (const { reads, writes, copies, to } of effects) {
    const after = to.reduce((sum, each) => sum | (flows.get(each)?.live ?? 0n), 0n);
    live |= reads | (after & ~writes);
    for (const copy of copies) if ((copy.to & after) !== 0n) live |= copy.from;
  }
  return live;
}

function flowsFrom(
  ground: GroundProblem,
  task: GroundTask,
  grid: Grid,
  initial: readonly number[],
): ReadonlyMap<number, Flow> {
  const flows = new Map<number, Flow>();
  const found = initial.map((place) => ({ place, from: place }));
  for (let next = found.pop(); next; next = found.pop()) {
    const { place, from } = next;
    const known = flows.get(place);
    const flow = known ?? flowAt(ground, task, grid, place);
    flow.from.add(from);
    flows.set(place, flow);
    if (known) continue;
    for (const { to } of flow.effects) for (const each of to) found.push({ place: each, from: place });
  }
  return flows;
}

function flowAt(ground: GroundProblem, task: GroundTask, grid: Grid, place: number): Flow {
  const around: Surroundings = { layout: ground.slots, grid, known: valuesAt(grid, place) };
  const [{ size = 1 } = {}] = grid.axes;
  const { rules = [], checks = [] } = task.locations[place % size] ?? {};
  const conditions = [...ground.stateChecks, ...checks].map(({ condition }) => condition);
  return {
    judged: readAt(around, conditions),
    effects: rules.flatMap((rule) => effectAt(around, rule) ?? []),
    from: new Set(),
    live: 0n,
  };
}
