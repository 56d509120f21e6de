import type { Slot } from "../../../model/ir/layout.ts";
import type { Ground } from "../../ground/ground.ts";
import type { Rule } from "../../ground/ground-problem.ts";
import type { Grid } from "./grid.ts";
import { Reading } from "./reading.ts";

/** What a rule does at a place, slots as bits. */
export interface Effect {
  /** What it reads, whatever comes after it. */
  readonly reads: bigint;
  /** What it surely writes. */
  readonly writes: bigint;
  /** What it reads only to write it elsewhere. */
  readonly copies: readonly Copy[];
  /** The places it may lead to. */
  readonly to: readonly number[];
}

interface Copy {
  readonly to: bigint;
  readonly from: bigint;
}

/** A place, and what is known of the values there. */
export interface Surroundings {
  readonly layout: readonly Slot[];
  readonly grid: Grid;
  readonly known: ReadonlyMap<number, number>;
}

/** What conditions that are judged at a place read. */
export function readAt({ layout, known }: Surroundings, conditions: readonly Ground[]): bigint {
  const reading = new Reading(layout, known);
  for (const each of conditions) reading.value(each);
  return reading.slots;
}

/** Undefined where the rule is surely disabled. */
export function effectAt({ layout, grid, known }: Surroundings, rule: Rule): Effect | undefined {
  const always = new Reading(layout, known);
  if (always.value(rule.guard) === 0) return undefined;
  for (const { condition } of rule.assertions) always.value(condition);
  always.value(rule.collision);
  const copies: Copy[] = [];
  const after = new Map<number, number | undefined>(known);
  let writes = 0n;
  for (const { target, value, mayLeave } of rule.writes) {
    const slots = always.targets(target);
    const reading = new Reading(layout, known);
    const written = reading.value(value);
    if (mayLeave || reading.mayFail) always.slots |= reading.slots;
    else copies.push({ to: bitsOf(slots), from: reading.slots });
    if (slots.length === 1) writes |= bitsOf(slots);
    for (const slot of slots) after.set(slot, slots.length === 1 ? written : undefined);
  }
  after.set(rule.task - 1, rule.to);
  return { reads: always.slots, writes, copies, to: placesOf(grid, after) };
}

/** Slots as bits. */
export function bitsOf(slots: Iterable<number>): bigint {
  let bits = 0n;
  for (const slot of slots) bits |= 1n << BigInt(slot);
  return bits;
}

/** The places with these values; with each that an axis can have, where it is not known. */
function placesOf({ axes }: Grid, after: ReadonlyMap<number, number | undefined>): readonly number[] {
  return axes.reduce<readonly number[]>(
    (places, { slot, min, size, stride }) => {
      const value = after.get(slot);
      const steps = value === undefined ? Array.from({ length: size }, (_, step) => step) : [value - min];
      const possible = steps.filter((step) => step >= 0 && step < size);
      return possible.flatMap((step) => places.map((place) => place + step * stride));
    },
    [0],
  );
}
