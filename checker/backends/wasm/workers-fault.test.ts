import { expect, test } from "vitest";
import { and, constant, equal, less } from "../../../model/ir/expression.ts";
import type { Model } from "../../../model/ir/model.ts";
import { range, shared } from "../../../model/ir/place.ts";
import { search } from "../../search/search.ts";

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
