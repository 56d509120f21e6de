import type { Ground, Target } from "../../ground/ground.ts";
import type { GroundProblem, GroundTask, Rule } from "../../ground/ground-problem.ts";

/** A slot whose values are told apart. */
export interface Axis {
  readonly slot: number;
  readonly min: number;
  readonly size: number;
  /** How far apart the numbers of two neighbouring values are. */
  readonly stride: number;
}

/** The places that a task's states are sorted into: its locations, by the values that choose elements of arrays. */
export interface Grid {
  /** The location first. */
  readonly axes: readonly Axis[];
  /** Places. */
  readonly count: number;
}

/** Places beyond which a table of what to keep takes more memory than the states that it spares. */
const MOST = 2 ** 15;

/** Tells the slots apart that choose elements most often, as long as that does not make too many places. */
export function gridOf({ slots }: GroundProblem, task: GroundTask): Grid {
  const uses = new Map<number, number>();
  for (const { rules } of task.locations) for (const rule of rules) countChoosing(rule, uses);
  const choosing = [...uses].sort(([, one], [, other]) => other - one).map(([slot]) => slot);
  const axes: Axis[] = [];
  let count = 1;
  for (const slot of [task.location, ...choosing]) {
    const { min, max } = slots[slot] ?? { min: 0, max: 0 };
    const size = max - min + 1;
    if (axes.length > 0 && count * size > MOST) continue;
    axes.push({ slot, min, size, stride: count });
    count *= size;
  }
  return { axes, count };
}

/** The place of a state with these values of its slots. */
export function placeIn({ axes }: Grid, values: ArrayLike<number>): number {
  return axes.reduce((sum, { slot, min, stride }) => sum + ((values[slot] ?? min) - min) * stride, 0);
}

/** The values of the axes at a place. */
export function valuesAt({ axes }: Grid, place: number): ReadonlyMap<number, number> {
  return new Map(
    axes.map(({ slot, min, size, stride }) => [slot, min + (Math.floor(place / stride) % size)]),
  );
}

function countChoosing({ guard, assertions, writes }: Rule, uses: Map<number, number>): void {
  const read = [guard, ...assertions.map(({ condition }) => condition), ...writes.map(({ value }) => value)];
  const seen = new Set<Ground | Target>();
  for (const each of [...read, ...writes.map(({ target }) => target)]) count(each, false, seen, uses);
}

function count(
  each: Ground | Target,
  chooses: boolean,
  seen: Set<Ground | Target>,
  uses: Map<number, number>,
) {
  if (each.kind === "slot" && chooses) uses.set(each.slot, (uses.get(each.slot) ?? 0) + 1);
  if (each.kind === "slot" || seen.has(each)) return;
  seen.add(each);
  if (each.kind === "select") count(each.index, true, seen, uses);
  for (const part of partsOf(each)) count(part, chooses, seen, uses);
}

function partsOf(each: Ground | Target): readonly (Ground | Target)[] {
  switch (each.kind) {
    case "select":
      return each.options;
    case "not":
      return [each.operand];
    case "and":
    case "or":
      return each.operands;
    case "if":
      return [each.condition, each.yes, each.no];
    case "equal":
    case "less":
    case "add":
    case "subtract":
      return [each.left, each.right];
    default:
      return [];
  }
}
