import { afterEach, describe, expect, test, vi } from "vitest";
import { constant, less } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";
import { GrowingWords } from "../store/growing-words.ts";
import { ptlProtocol } from "../testing/ptl-protocol.ts";
import { search } from "./search.ts";

afterEach(() => vi.restoreAllMocks());

/** Lets the words of states grow up to this length. */
function endMemoryAt(length: number): void {
  const { grow } = GrowingWords.prototype;
  vi.spyOn(GrowingWords.prototype, "grow").mockImplementation(function (this: GrowingWords, wanted) {
    if (wanted > length) throw new RangeError("Array buffer allocation failed");
    grow.call(this, wanted);
  });
}

const MOST = 100;
const SIZE = { tasks: 3, ptes: 2, folios: 2 };
const modes = [
  { backEnd: "interpret" },
  { backEnd: "table" },
  { backEnd: "packed-js", reduce: false },
  { hashCompact: true },
  { hashCompact: true, reduce: false },
  {},
] as const;

/** Counts from any of its numbers, all of which are initial. */
function numbers(initial: number, variables: number): Model {
  const values = Array.from({ length: initial }, (_, value) => value);
  const counters = Array.from({ length: variables }, (_, at) => shared(`n${at}`, range(0, MOST)));
  const [first] = counters;
  if (!first) throw new Error("no counter");
  const increment = {
    from: "0",
    to: "0",
    label: "n0++",
    guard: less(first.value, constant(MOST)),
    updates: [first.increment()],
    weight: 0 as const,
  };
  return {
    name: "numbers",
    sets: {},
    variables: counters.map(({ variable }) => ({ ...variable, initial: values })),
    programs: [
      { name: "count", start: "0", locations: [{ name: "0", end: true }], transitions: [increment] },
    ],
    tasks: [{ program: "count", count: 1 }],
    invariants: [{ kind: "no-deadlock", property: "no-deadlock" }],
  };
}

const verdicts = ({ properties }: ReturnType<typeof search>) => [
  ...new Set(properties.map(({ verdict }) => verdict)),
];

describe.each(modes)("where memory ends, a search with %j ends with that bound", (options) => {
  test("among the states that it finds", () => {
    endMemoryAt(700);
    const found = search(ptlProtocol(SIZE), options);
    expect(found.bounds).toContainEqual(expect.objectContaining({ kind: "memory" }));
    expect(found.states).toBeGreaterThan(10);
    expect(verdicts(found)).toEqual(["holds-within-bound"]);
  });

  test("among the states that it begins with", () => {
    endMemoryAt(500);
    const found = search(numbers(MOST, 2), options);
    expect(found.bounds).toContainEqual(expect.objectContaining({ kind: "memory" }));
    expect(found.transitions).toBe(0);
    expect(verdicts(found)).toEqual(["holds-within-bound"]);
  });
});

test("initial states that are too many to be listed are counted, and a bound", () => {
  const found = search(numbers(MOST, 10));
  expect(found.bounds).toEqual([
    { kind: "states", detail: "100000000000000000000 initial states: more than 262144 are not searched" },
  ]);
  expect(verdicts(found)).toEqual(["holds-within-bound"]);
});

test("initial states that can be listed are all searched", () => {
  expect(search(numbers(MOST, 2), { reduce: false })).toMatchObject({
    states: (MOST + 1) * MOST,
    bounds: [],
  });
});
