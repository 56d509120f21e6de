import fc from "fast-check";
import { expect, test } from "vitest";
import type { Model } from "../../../model/ir/model.ts";
import { search } from "../../search/search.ts";
import type { SearchOptions } from "../../search-options.ts";
import { brokenPtlProtocol, ptlProtocol } from "../../testing/ptl-protocol.ts";
import { randomModels } from "../../testing/random/random-model.ts";
import { CompactStore } from "./compact-store.ts";

const FULL = { hashCompact: true, reduce: false } as const;
const protocol = ptlProtocol({ tasks: 2, ptes: 2, folios: 2 });

test("a hash-compacted search sees the same states and never says that a property holds", () => {
  const result = search(protocol, FULL);
  expect(result).toMatchObject({ states: 3_682, transitions: 8_704, depth: 36 });
  expect(result.properties.map(({ verdict }) => verdict)).toEqual([
    "holds-within-bound",
    "holds-within-bound",
  ]);
  expect(result.bounds).toEqual([
    {
      kind: "omission",
      detail: "states told apart by 64 bits of hash: one is missed with a probability below 3.7e-13",
    },
  ]);
});

test("its violations come with the same runs as those of an exact search", () => {
  const broken = brokenPtlProtocol({ tasks: 2, ptes: 2, folios: 2 });
  const [compact, exact] = [FULL, { reduce: false }].map((options) => search(broken, options));
  expect(compact?.properties).toMatchObject([
    { property: "no-deadlock", verdict: "holds-within-bound" },
    exact?.properties[1] ?? {},
  ]);
});

test("it agrees with exact searches on random models, wrong ones among them", () => {
  const outcome = (model: Model, options: SearchOptions) => {
    const { states, transitions, depth, properties, fault } = search(model, { ...options, maxStates: 500 });
    const violated = properties.filter(({ verdict }) => verdict === "violated" || verdict === "error");
    return fault ? { violated, fault } : { states, transitions, depth, violated };
  };
  fc.assert(
    fc.property(randomModels(), (model) => {
      const sure = { ...model, invariants: model.invariants.filter(({ kind }) => kind !== "sometimes") };
      expect(outcome(sure, FULL)).toEqual(outcome(sure, { reduce: false }));
    }),
    { numRuns: 200 },
  );
}, 120_000);

test("runs are retraced from hashes alone where no full search shortens them", () => {
  const broken = brokenPtlProtocol({ tasks: 2, ptes: 2, folios: 2 });
  let polls = 0;
  // The search for shorter runs is interrupted at once.
  const interrupted = () => polls++ > 60;
  const compact = search(broken, { ...FULL, only: ["protocol"], interrupted });
  expect(compact.properties[0]?.run?.moves).toHaveLength(9);
});

test("it is refused where it cannot be", () => {
  expect(() => search(protocol, { hashCompact: true, backEnd: "wasm" })).toThrow(
    "back end 'wasm' keeps whole states, not hashes (valid: auto, packed-js)",
  );
  const checkpoint = { every: 1, save: () => {} };
  expect(() => search(protocol, { hashCompact: true, checkpoint })).toThrow("keeps no checkpoints");
  expect(() => search(protocol, { hashCompact: true, workers: 2 })).toThrow("one worker only");
});

test("states of one hash are taken for the same, and only hashes are kept of past levels", () => {
  const store = new CompactStore(2);
  expect(store.insert(Uint32Array.of(1, 2))).toBe(true);
  expect(store.insert(Uint32Array.of(1, 2))).toBe(false);
  expect(store.frontierAt(0)).toEqual(Int32Array.of(1, 2));
  for (let each = 0; each < 1000; each++) store.insert(Uint32Array.of(each, 7));
  expect(store.frontierAt(1)).toHaveLength(2000);
  expect(store.count).toBe(1001);
  expect(store.hashAt(0)).toHaveLength(2);
});
