import fc from "fast-check";
import { afterEach, describe, expect, test, vi } from "vitest";
import { layoutOf } from "../../../model/ir/layout.ts";
import type { Model } from "../../../model/ir/model.ts";
import { wideExpressions } from "../../../model/ir/wide-expressions.ts";
import type { Snapshot } from "../../checkpoint/snapshot.ts";
import { search } from "../../search/search.ts";
import type { SearchOptions } from "../../search-options.ts";
import { plantInWorkers } from "../../testing/faulty-workers.ts";
import { brokenPtlProtocol, ptlProtocol } from "../../testing/ptl-protocol.ts";
import { randomModels } from "../../testing/random/random-model.ts";

/** What must not depend on how many share the work. */
function outcome(model: Model, workers: number, maxDepth = 99) {
  const { unreached, backEnd, ...result } = search(model, {
    backEnd: "wasm",
    reduce: false,
    maxDepth,
    workers,
  });
  // What workers see beside a fault is left to chance.
  return result.fault ? "wrong model" : { ...result, unreached: unreached.length };
}

test.each([2, 3])("%i workers find what one finds", (workers) => {
  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  expect(outcome(protocol, workers)).toMatchObject({ states: 152_092, transitions: 527_028, depth: 54 });
  const broken = brokenPtlProtocol({ tasks: 3, ptes: 2, folios: 1 });
  expect(outcome(broken, workers)).toEqual(outcome(broken, 1));
});

test("workers agree on random models, wrong ones among them", () => {
  fc.assert(
    fc.property(randomModels(), (model) => {
      fc.pre(wideExpressions(model).length === 0);
      expect(outcome(model, 2, 7)).toEqual(outcome(model, 1, 7));
    }),
    { numRuns: 25 },
  );
}, 120_000);

test("only back ends that can share the work take more workers", () => {
  const model = ptlProtocol({ tasks: 1, ptes: 1, folios: 1 });
  expect(() => search(model, { backEnd: "table", workers: 2, reduce: false })).toThrow(
    "back end 'table' cannot run model 'ptl-protocol': it runs on one worker only (valid: auto, wasm)",
  );
  expect(() => search(model, { workers: 0, reduce: false })).toThrow(
    "a search cannot run on 0 workers (valid: 1..64)",
  );
  expect(search(model, { workers: 2 }).reductions?.every(({ applied }) => !applied)).toBe(true);
});

describe("a bound on states", () => {
  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  const bounded = (workers: number, maxStates: number, more: SearchOptions = {}) =>
    search(protocol, { backEnd: "wasm", reduce: false, workers, maxStates, ...more });

  test.each([50, 20_000, 152_092])("of %i ends a search with whole levels, the same each time", (most) => {
    const [two, three] = [bounded(2, most), bounded(3, most)];
    expect(two.states).toBeLessThanOrEqual(most);
    expect(two.bounds).toEqual([{ kind: "states", detail: `${most} states` }]);
    expect(three).toEqual(two);
    const whole = search(protocol, { backEnd: "wasm", reduce: false, maxDepth: two.depth });
    expect([two.states, two.transitions]).toEqual([whole.states, whole.transitions]);
  });

  test("that is not reached changes nothing", () => {
    expect(bounded(2, 152_093)).toMatchObject({ states: 152_092, transitions: 527_028, bounds: [] });
  });

  test("is not passed by much, and a search that goes on behind it ends as one without it", () => {
    const saved: Snapshot[] = [];
    const save = (snapshot: Snapshot) => void saved.push(structuredClone(snapshot));
    bounded(2, 20_000, { checkpoint: { every: Number.POSITIVE_INFINITY, save } });
    const [snapshot] = saved;
    if (!snapshot) throw new Error("nothing was saved");
    expect(snapshot.records.length / (layoutOf(protocol).words + 1)).toBeLessThan(20_000 * 1.1);
    const rest = search(protocol, { reduce: false, resume: snapshot });
    expect(rest).toMatchObject({ states: 152_092, transitions: 527_028, depth: 54, bounds: [] });
  });
});

describe("an error in a worker", () => {
  afterEach(() => vi.restoreAllMocks());

  const protocol = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });

  test.each(["module[works[", "instance = new"])(
    "at `%s` is thrown with its stack, and is no verdict",
    (place) => {
      plantInWorkers("undefined.planted;", place);
      expect(() => search(protocol, { backEnd: "wasm", reduce: false, workers: 2 })).toThrow(
        /^in a worker: TypeError: Cannot read properties of undefined \(reading 'planted'\)\n +at /,
      );
    },
  );

  test("that is a lack of memory leaves the work to the others", () => {
    const code = "failure[failure.length - 1] = 1; throw new RangeError('Out of memory');";
    plantInWorkers(code, "instance = new");
    expect(search(protocol, { backEnd: "wasm", reduce: false, workers: 2 })).toMatchObject({
      states: 152_092,
    });
  });
});
