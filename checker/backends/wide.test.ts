import { describe, expect, test } from "vitest";
import { InputError } from "../../model/input-error.ts";
import {
  add,
  and,
  constant,
  type Expression,
  equal,
  less,
  not,
  subtract,
} from "../../model/ir/expression.ts";
import type { Invariant, Model } from "../../model/ir/model.ts";
import { local, localArray, range, shared } from "../../model/ir/place.ts";
import { search } from "../search/search.ts";
import type { SearchOptions } from "../search-options.ts";

const MOST = 2 ** 30 - 1;
const a = shared("a", range(0, MOST), MOST);
const low = shared("low", range(-MOST, 0), -MOST);
const n = shared("n", range(0, 3));
const own = local("own", range(0, 1));
const list = localArray("list", range(-1, 1), range(0, 1));
const never = (condition: Expression): Invariant => ({
  kind: "always",
  property: "never",
  message: "it is",
  condition: not(and(n.is(3), condition)),
});

/** Two tasks count to three together; the property is judged where they are done. */
function counting(invariant: Invariant): Model {
  return {
    name: "wide",
    sets: {},
    variables: [a, low, n, own, list].map(({ variable }) => variable),
    programs: [
      {
        name: "p",
        start: "s",
        locations: [{ name: "s", end: true }],
        transitions: [
          { from: "s", to: "s", label: "n++", guard: n.lessThan(3), updates: [n.increment()], weight: 0 },
          { from: "s", to: "s", label: "own", updates: [own.set(1)], weight: 0 },
        ],
      },
    ],
    tasks: [{ program: "p", count: 2 }],
    invariants: [invariant],
  };
}

const MODES: readonly (readonly [string, SearchOptions])[] = [
  ["interpret", { backEnd: "interpret" }],
  ["table", { backEnd: "table", reduce: false }],
  ["packed-js", { backEnd: "packed-js" }],
  ["hashes", { hashCompact: true, reduce: false }],
  ["what suits the model", {}],
  ["reduced hashes", { hashCompact: true }],
  ["a bound on depth", { maxDepth: 50 }],
];

const four = add(add(a.value, a.value), add(a.value, a.value));
const minusFour = add(add(low.value, low.value), add(low.value, low.value));
const TRUTHS: readonly (readonly [string, Expression])[] = [
  ["a sum beyond 2^32", less(constant(5), four)],
  ["a sum below -2^32", less(minusFour, constant(-5))],
  ["a difference", less(subtract(low.value, add(a.value, a.value)), low.value)],
  ["constants that 32 bits do not tell apart", not(equal(add(n.value, constant(2 ** 32)), n.value))],
  ["a constant that is no slot's value", less(n.value, constant(2 ** 31))],
  ["up to 2^53", less(constant(0), add(a.value, constant(Number.MAX_SAFE_INTEGER - MOST)))],
];

describe.each(MODES)("by %s", (_, options) => {
  test.each(TRUTHS)("%s is computed exactly", (_name, truth) => {
    const { properties, notes = [] } = search(counting(never(truth)), options);
    expect(properties).toMatchObject([{ verdict: "violated" }]);
    expect(notes.join()).toMatch(/property 'never': .* beyond 32 bits: searched with exact numbers/);
    const [untrue] = search(counting(never(not(truth))), options).properties;
    expect(untrue?.verdict).toMatch(/^holds/);
  });

  test("an index that comes to an element only in 32 bits names none", () => {
    const far = add(n.value, constant(2 ** 32 - 3));
    const at = { kind: "element", name: "list", index: far, of: { kind: "bound", name: "t" } } as const;
    const condition: Expression = {
      kind: "some",
      name: "t",
      over: { kind: "id", set: "task" },
      body: equal(at, constant(0)),
    };
    const [found] = search(counting(never(condition)), options).properties;
    expect(found).toMatchObject({ verdict: "error", message: expect.stringContaining("no such element") });
  });
});

test.each<[SearchOptions]>([[{ backEnd: "wasm" }], [{ workers: 2 }], [{ backEnd: "wasm", workers: 2 }]])(
  "%j is refused, with the site of what needs more than 32 bits",
  (options) => {
    const refused = () => search(counting(never(less(constant(5), four))), options);
    expect(refused).toThrow(InputError);
    expect(refused).toThrow(/property 'never': .* WebAssembly computes in 32 bits \(valid, with one worker/);
  },
);
