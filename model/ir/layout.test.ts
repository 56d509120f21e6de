import { expect, test } from "vitest";
import { layoutOf, type Slot, widthOf } from "./layout.ts";
import type { Model, Variable } from "./model.ts";
import { bool, localArray, range, shared, sharedArray } from "./place.ts";

function modelOf(variables: readonly Variable[], tasks = 1): Model {
  return {
    name: "layout",
    sets: {},
    variables,
    programs: [
      { name: "p", start: "a", locations: [{ name: "a" }, { name: "b" }, { name: "c" }], transitions: [] },
    ],
    tasks: [{ program: "p", count: tasks }],
    invariants: [],
  };
}

function slotsOf(model: Model): readonly Slot[] {
  const { locations, variables } = layoutOf(model);
  return [...locations, ...variables.flatMap(({ slots }) => slots)];
}

test("bits hold every value of a domain and no more", () => {
  const bounds = [
    [0, 0],
    [0, 1],
    [-3, 4],
    [5, 13],
    [0, 2 ** 30],
  ] as const;
  expect(bounds.map(([min, max]) => widthOf({ min, max }))).toEqual([0, 1, 3, 4, 31]);
  expect(() => widthOf({ min: 0, max: 2 ** 40 })).toThrow("wider than 31 bits");
});

test("no two slots overlap, and none straddles a word", () => {
  const variables = [
    shared("wide", range(0, 1_000_000)).variable,
    localArray("many", range(1, 9), range(-5, 5)).variable,
    sharedArray("flags", range(0, 40), bool).variable,
  ];
  const taken = slotsOf(modelOf(variables, 3)).flatMap(({ word, shift, width }) => {
    expect(shift + width).toBeLessThanOrEqual(32);
    return Array.from({ length: width }, (_, bit) => word * 32 + shift + bit);
  });
  expect(new Set(taken).size).toBe(taken.length);
});

test("an array that fits in a word shares one, its elements side by side", () => {
  const { variables } = layoutOf(modelOf([sharedArray("own", range(1, 6), range(0, 9)).variable]));
  const slots = variables[0]?.slots ?? [];
  const [first] = slots;
  expect(slots.map(({ word, shift }) => [word, shift - (first?.shift ?? 0)])).toEqual(
    slots.map((_, position) => [first?.word, position * 4]),
  );
});

test("a location needs the bits of its program's locations", () => {
  const { locations, bits, words } = layoutOf(modelOf([], 4));
  expect(locations.map(({ width }) => width)).toEqual([2, 2, 2, 2]);
  expect({ bits, words }).toEqual({ bits: 8, words: 1 });
});
