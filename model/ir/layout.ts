import { type Bounds, boundsOf, memberBounds, type Sets } from "./domain.ts";
import { type Model, programsByTask, setsOf, type Variable } from "./model.ts";

/** Where one value lives in a packed state: `width` bits of a 32-bit word, holding value - min. */
export interface Slot {
  readonly word: number;
  readonly shift: number;
  readonly width: number;
  readonly min: number;
  readonly max: number;
}

/** The slots of one variable: of one task's, or of the shared one. */
export interface VariableSlots {
  readonly variable: Variable;
  /** From 1; 0 for a shared variable. */
  readonly task: number;
  /** One for a scalar, one per element in the order of the index for an array. */
  readonly slots: readonly Slot[];
  /** The index value of the first element. */
  readonly firstIndex: number;
}

/** How states are packed: no slot straddles two words, and an array shares a word where it fits in one. */
export interface Layout {
  readonly words: number;
  /** Bits in use. */
  readonly bits: number;
  /** The position of each task's location among its program's, task 1 first. */
  readonly locations: readonly Slot[];
  readonly variables: readonly VariableSlots[];
}

const WORD = 32;

/** Packs the widest first, each into the first word with room. Throws where a domain is wider than a word. */
export function layoutOf(model: Model): Layout {
  const sets = setsOf(model);
  const locations = locationBounds(model).map((bounds) => ({ bounds: [bounds] }));
  const variables = ownedVariables(model).map((owned) => ({
    ...owned,
    ...boundsOfVariable(owned.variable, sets),
  }));
  const placed = placeAll([...locations, ...variables].map(({ bounds }) => bounds));
  const slotsAt = (position: number) => placed.slots[position] ?? [];
  return {
    words: Math.max(1, placed.words),
    bits: placed.slots.flat().reduce((sum, { width }) => sum + width, 0),
    locations: locations.flatMap((_, position) => slotsAt(position)),
    variables: variables.map(({ variable, task, firstIndex }, position) => ({
      variable,
      task,
      firstIndex,
      slots: slotsAt(locations.length + position),
    })),
  };
}

function locationBounds(model: Model): readonly Bounds[] {
  const sizes = new Map(model.programs.map(({ name, locations }) => [name, locations.length]));
  return programsByTask(model).map((name) => ({ min: 0, max: (sizes.get(name) ?? 1) - 1 }));
}

function ownedVariables(model: Model): readonly { readonly variable: Variable; readonly task: number }[] {
  const tasks = programsByTask(model).map((_, position) => position + 1);
  return model.variables.flatMap((variable) =>
    (variable.scope === "shared" ? [0] : tasks).map((task) => ({ variable, task })),
  );
}

function boundsOfVariable({ domain, index }: Variable, sets: Sets) {
  const each = boundsOf(domain, sets);
  const range = index ? memberBounds(index, sets) : { min: 0, max: 0 };
  return { bounds: Array.from({ length: range.max - range.min + 1 }, () => each), firstIndex: range.min };
}

/** Bits that hold every value of the bounds. */
export function widthOf({ min, max }: Bounds): number {
  const width = max <= min ? 0 : Math.floor(Math.log2(max - min)) + 1;
  if (width >= WORD) throw new Error(`a domain of ${min}..${max} is wider than ${WORD - 1} bits`);
  return width;
}

function placeAll(groups: readonly (readonly Bounds[])[]): {
  readonly words: number;
  readonly slots: readonly (readonly Slot[])[];
} {
  const used: number[] = [];
  const slots: Slot[][] = groups.map(() => []);
  const units = groups.flatMap((bounds, group) => unitsOf(bounds).map((unit) => ({ group, unit })));
  for (const { group, unit } of units.sort((one, other) => totalWidth(other.unit) - totalWidth(one.unit))) {
    slots[group]?.push(...placeUnit(unit, used));
  }
  return { words: used.length, slots };
}

/** A group that fits in a word stays together. */
function unitsOf(bounds: readonly Bounds[]): readonly (readonly Bounds[])[] {
  return totalWidth(bounds) <= WORD ? [bounds] : bounds.map((each) => [each]);
}

function totalWidth(bounds: readonly Bounds[]): number {
  return bounds.reduce((sum, each) => sum + widthOf(each), 0);
}

function placeUnit(unit: readonly Bounds[], used: number[]): readonly Slot[] {
  const total = totalWidth(unit);
  const fitting = used.findIndex((bits) => bits + total <= WORD);
  const word = fitting < 0 ? used.length : fitting;
  const start = used[word] ?? 0;
  used[word] = start + total;
  return unit.map(({ min, max }, position) => ({
    word,
    shift: (start + position * widthOf({ min, max })) % WORD,
    width: widthOf({ min, max }),
    min,
    max,
  }));
}
