import { constant, type Expression, less } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";

const MOST = 1000;
const counters = ["a", "b", "c", "d"].map((name) => shared(name, range(0, MOST)));
const belowMost = (counter: (typeof counters)[number]): Expression => less(counter.value, constant(MOST));

/** A trillion states, all of which its one property must look at. */
const endless: Model = {
  name: "endless",
  sets: {},
  variables: counters.map(({ variable }) => variable),
  programs: [
    {
      name: "count",
      start: "here",
      locations: [{ name: "here", end: true }],
      transitions: counters.map((counter) => ({
        from: "here",
        to: "here",
        label: `${counter.variable.name}++`,
        guard: belowMost(counter),
        updates: [counter.increment()],
        weight: 0,
      })),
    },
  ],
  tasks: [{ program: "count", count: 1 }],
  invariants: [
    {
      kind: "always",
      property: "not-all-at-once",
      condition: less(
        counters.reduce<Expression>(
          (sum, each) => ({ kind: "add", left: sum, right: each.value }),
          constant(0),
        ),
        constant(4 * MOST),
      ),
      message: "all counters are at their end",
    },
  ],
};

export default endless;
