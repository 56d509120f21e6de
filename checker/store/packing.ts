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
  return {
    shared: valuesOf(layout, words, 0),
    tasks: layout.locations.map((slot, position) => ({
      location: locationName(model, position + 1, read(words, slot)),
      variables: valuesOf(layout, words, position + 1),
    })),
  };
}

export function read(words: Uint32Array, { word, shift, width, min }: Slot): number {
  return (((words[word] ?? 0) >>> shift) & (2 ** width - 1)) + min;
}

/** The slot's bits must be zero. */
function write(words: Uint32Array, { word, shift, min }: Slot, value: number): void {
  words[word] = (words[word] ?? 0) | ((value - min) << shift);
}

function valuesOf(layout: Layout, words: Uint32Array, task: number): Values {
  const own = layout.variables.filter((each) => each.task === task);
  return Object.fromEntries(own.map((each) => [each.variable.name, valueOfSlots(each, words)]));
}

function valueOfSlots({ variable, slots }: VariableSlots, words: Uint32Array): Value {
  const values = slots.map((slot) => read(words, slot));
  return variable.index ? values : (values[0] ?? 0);
}

function locationPosition(model: Model, task: number, name: string | undefined): number {
  const { locations } = programOf(indexOf(model), task);
  return locations.findIndex((each) => each.name === name);
}

function locationName(model: Model, task: number, position: number): string {
  const { locations } = programOf(indexOf(model), task);
  return required(locations[position], `no location ${position}`).name;
}
