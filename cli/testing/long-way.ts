import { constant, type Expression } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";

const MOST = 30_000;
const [counter, other] = [shared("counter", range(0, MOST)), shared("other", range(0, 1))];
const atEnd: Expression = { kind: "equal", left: counter.value, right: constant(MOST) };

/** Violated after so many steps that to make the run smaller keeps a machine busy for minutes. */
const longWay: Model = {
  name: "long-way",
  sets: {},
  variables: [counter.variable, other.variable],
  programs: [
    {
      name: "count",
      start: "here",
      locations: [{ name: "here", end: true }],
      transitions: [
        {
          from: "here",
          to: "here",
          label: "counter++",
          guard: counter.lessThan(MOST),
          updates: [counter.increment()],
          weight: 0,
        },
      ],
    },
  ],
  tasks: [{ program: "count", count: 2 }],
  invariants: [
    {
      kind: "always",
      property: "not-at-end",
      condition: { kind: "not", operand: atEnd },
      message: "it is at its end",
    },
  ],
};

export default longWay;
