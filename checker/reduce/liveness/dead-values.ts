import type { Slot } from "../../../model/ir/layout.ts";
import { SlotCodec } from "../../backends/table/slot-codec.ts";
import { type GroundProblem, groundProblem } from "../../ground/ground-problem.ts";
import { initialStates } from "../../interpret/initial-states.ts";
import { required } from "../../interpret/model-index.ts";
import type { Problem } from "../../problem.ts";
import { packed } from "../../search/run.ts";
import type { Projection } from "../../store/projection.ts";
import { bitsOf } from "./effect.ts";
import { type Grid, gridOf, placeIn } from "./grid.ts";
import { liveSlots } from "./live.ts";

/**
 * What nothing reads any more, by location and the values that choose elements of arrays. Undefined where
 * everything is read again, or where another task could read it.
 */
export function projectionOf(problem: Problem): Projection | undefined {
  const ground = groundProblem(problem);
  const [task, another] = ground.tasks;
  if (!task || another) return undefined;
  const grid = gridOf(ground, task);
  const live = liveSlots(ground, task, grid, initialPlaces(ground, grid));
  const always = bitsOf(grid.axes.map(({ slot }) => slot));
  const all = bitsOf(ground.slots.keys());
  if ([...live.values()].every((bits) => (bits | always) === all)) return undefined;
  const kept = new Map([...live].map(([place, bits]) => [place, bits | always]));
  const axes = grid.axes.map(({ slot, stride }) => {
    return { slot: required(ground.slots[slot], `no slot ${slot}`), stride };
  });
  return { axes, masks: masksOf(kept, grid, ground.slots, problem.layout.words) };
}

/** All that a state holds at a place that is never come to. */
function masksOf(
  kept: ReadonlyMap<number, bigint>,
  { count }: Grid,
  slots: readonly Slot[],
  words: number,
): Uint32Array {
  const masks = new Uint32Array(count * words).fill(0xffffffff);
  const known = new Map<bigint, Uint32Array>();
  for (const [place, bits] of kept) {
    const mask = known.get(bits) ?? maskOf(bits, slots, words);
    known.set(bits, mask);
    masks.set(mask, place * words);
  }
  return masks;
}

function initialPlaces({ slots, problem }: GroundProblem, grid: Grid): readonly number[] {
  const codec = new SlotCodec(slots, problem.layout.words);
  return initialStates(problem.model).map((state) => placeIn(grid, codec.read(packed(problem, state))));
}

function maskOf(live: bigint, slots: readonly Slot[], words: number): Uint32Array {
  const mask = new Uint32Array(words);
  for (const [slot, { word, shift, width }] of slots.entries()) {
    if (((live >> BigInt(slot)) & 1n) === 1n) mask[word] = (mask[word] ?? 0) | ((2 ** width - 1) << shift);
  }
  return mask;
}
