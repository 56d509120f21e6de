import { existsSync } from "node:fs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { and, constant, equal, less } from "../../../model/ir/expression.ts";
import type { Model } from "../../../model/ir/model.ts";
import { range, shared } from "../../../model/ir/place.ts";
import { search } from "../../search/search.ts";
import { plantInWorkers } from "../../testing/faulty-workers.ts";
import { ptlProtocol } from "../../testing/ptl-protocol.ts";

const MOST = 100;
const counters = ["a", "b", "c"].map((name) => shared(name, range(0, MOST)));
const all = (condition: (counter: (typeof counters)[number]) => ReturnType<typeof equal>) =>
  and(...counters.map(condition));

/** Three numbers are counted up, each by itself; in one state of a level of many, a step is wrong. */
const model: Model = {
  name: "one wrong state",
  sets: {},
  variables: counters.map(({ variable }) => variable),
  programs: [
    {
      name: "count",
      start: "0",
      locations: [{ name: "0" }],
      transitions: [
        ...counters.map((each) => ({
          from: "0",
          to: "0",
          label: `${each.variable.name}++`,
          guard: less(each.value, constant(MOST)),
          updates: [each.increment()],
          weight: 0 as const,
        })),
        {
          from: "0",
          to: "0",
          label: "too far",
          guard: all((each) => equal(each.value, constant(MOST / 2))),
          updates: counters.map((each) => each.set(constant(MOST + 1))),
          weight: 0,
        },
      ],
    },
  ],
  tasks: [{ program: "count", count: 1 }],
  invariants: [],
};

test("whichever worker comes to the wrong state, it is heard", () => {
  for (let time = 0; time < 6; time++) {
    expect(search(model, { workers: 2 }).fault?.message).toContain(
      "'too far' sets a to 101, outside its domain",
    );
  }
});

describe("a worker that ends before its work does leaves nobody waiting", () => {
  afterEach(() => vi.restoreAllMocks());
  const large = ptlProtocol({ tasks: 3, ptes: 2, folios: 2 });
  const full = { backEnd: "wasm", reduce: false, workers: 2 } as const;

  test.skipIf(!existsSync("/proc/thread-self"))("where its thread is gone, that is an error", () => {
    plantInWorkers("process.exit(1);", "module[works[");
    expect(() => search(large, full)).toThrow("a worker ended in the middle of its work");
  });

  test("where it has no memory, that is the bound", () => {
    plantInWorkers("throw new RangeError('Array buffer allocation failed');", "module[works[");
    const found = search(large, full);
    expect(found.bounds).toMatchObject([{ kind: "memory" }]);
    expect(new Set(found.properties.map(({ verdict }) => verdict))).toEqual(new Set(["holds-within-bound"]));
  });
});
