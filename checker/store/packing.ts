import type { Layout, Slot, VariableSlots } from "../../model/ir/layout.ts";
import type { Model } from "../../model/ir/model.ts";
import { indexOf, programOf, required } from "../interpret/model-index.ts";
import type { State, Value, Values } from "../interpret/state.ts";

/** Packs a state into the first `layout.words` words of `words`. */
export function pack(model: Model, layout: Layout, state: State, words: Uint32Array): void {
  words.fill(0, 0, layout.words);
  layout.locations.forEach((slot, position) => {
    write(words, slot, locationPosition(model, position + 1, state.tasks[position]?.location));
  });
  for (const place of layout.variables) {
    const values = place.task === 0 ? state.shared : state.tasks[place.task - 1]?.variables;
    const value = required(values?.[place.variable.name], `the state lacks '${place.variable.name}'`);
    place.slots.forEach((slot, position) => {
      write(words, slot, typeof value === "number" ? value : (value[position] ?? 0));
    });
  }
}

/** The state that the words stand for. */
export function unpack(model: Model, layout: Layout, words: Uint32Array): State {
  const [shared = [], ...tasks] = ownersOf(layout);
  return {
    shared: valuesOf(shared, words),
    tasks: tasks.map((own, position) => ({
      location: locationName(
        model,
        position + 1,
        read(words, required(layout.locations[position], "no slot")),
      ),
      variables: valuesOf(own, words),
    })),
  };
}

export function read(words: Uint32Array, { word, shift, width, min }: Slot): number {
  return (((words[word] ?? 0) >>> shift) & ((1 << width) - 1)) + min;
}

/** The slot's bits must be zero. */
function write(words: Uint32Array, { word, shift, min }: Slot, value: number): void {
  words[word] = (words[word] ?? 0) | ((value - min) << shift);
}

const owners = new WeakMap<Layout, readonly (readonly VariableSlots[])[]>();

/** The shared variables, then each task's. */
function ownersOf(layout: Layout): readonly (readonly VariableSlots[])[] {
  const known = owners.get(layout);
  if (known) return known;
  const made = [0, ...layout.locations.map((_, position) => position + 1)].map((task) =>
    layout.variables.filter((each) => each.task === task),
  );
  owners.set(layout, made);
  return made;
}

function valuesOf(variables: readonly VariableSlots[], words: Uint32Array): Values {
  const values: Record<string, Value> = {};
  for (const { variable, slots } of variables) {
    const [first] = slots;
    if (variable.index) values[variable.name] = slots.map((slot) => read(words, slot));
    else if (first) values[variable.name] = read(words, first);
  }
  return values;
}

function locationPosition(model: Model, task: number, name: string | undefined): number {
  const { locations } = programOf(indexOf(model), task);
  return locations.findIndex((each) => each.name === name);
}

function locationName(model: Model, task: number, position: number): string {
  const { locations } = programOf(indexOf(model), task);
  return required(locations[position], `no location ${position}`).name;
}
