import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GrowingWords } from "./growing-words.ts";
import { NO_STATE, StateStore } from "./state-store.ts";

const states = fc.array(fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 3, maxLength: 3 }), {
  maxLength: 300,
});

describe("a store of states", () => {
  test("keeps each state once, in order, with its parent, and finds it again", () => {
    fc.assert(
      fc.property(states, (added) => {
        const store = new StateStore(3, false);
        const known = new Map<string, number>();
        for (const [parent, words] of added.entries()) {
          const state = Uint32Array.from(words);
          store.reserve(1);
          expect(store.find(state)).toBe(known.get(words.join()) ?? NO_STATE);
          if (known.has(words.join())) continue;
          known.set(words.join(), store.append(state, parent));
          expect(store.parent(store.count - 1)).toBe(parent);
        }
        expect(store.count).toBe(known.size);
        for (const [words, index] of known) expect(store.state(index).join()).toBe(words);
      }),
    );
  });

  test("is the same after its records were kept and restored", () => {
    const store = new StateStore(2, false);
    for (let each = 0; each < 1000; each++) store.insert(Uint32Array.of(each, each * 7));
    const other = new StateStore(2, false);
    other.restore(store.kept());
    expect(other.count).toBe(1000);
    for (let each = 0; each < 1000; each++) expect(other.find(Uint32Array.of(each, each * 7))).toBe(each);
    expect(other.find(Uint32Array.of(1, 1))).toBe(NO_STATE);
  });

  test("takes a less adverse parent, and no more adverse one", () => {
    const store = new StateStore(1, true);
    store.reserve(2);
    store.append(Uint32Array.of(1), NO_STATE);
    const index = store.append(Uint32Array.of(2), 0, 3);
    store.improve(index, 7, 4);
    expect([store.parent(index), store.weight(index)]).toEqual([0, 3]);
    store.improve(index, 8, 1);
    expect([store.parent(index), store.weight(index)]).toEqual([8, 1]);
  });
});

test("words keep their values as they grow, by copying and by pages", () => {
  const words = new GrowingWords(4);
  words.words.set([1, 2, 3, 4]);
  for (const length of [100, 2 ** 22, 2 ** 22 + 1, 2 ** 23]) {
    words.grow(length);
    expect(words.words.length).toBeGreaterThanOrEqual(length);
    expect([...words.words.subarray(0, 5)]).toEqual([1, 2, 3, 4, 0]);
  }
  expect(() => words.grow(2 ** 31)).toThrow(RangeError);
});
