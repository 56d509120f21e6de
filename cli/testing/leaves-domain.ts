import type { Model } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";

const counter = shared("counter", range(0, 2));

/** Counts without a guard, and so past the end of its counter's domain. */
const leavesDomain: Model = {
  name: "leaves-domain",
  sets: {},
  variables: [counter.variable],
  programs: [
    {
      name: "count",
      start: "here",
      locations: [{ name: "here", end: true }],
      transitions: [
        { from: "here", to: "here", label: "counter++", updates: [counter.increment()], weight: 0 },
      ],
    },
  ],
  tasks: [{ program: "count", count: 1 }],
  invariants: [
    { kind: "always", property: "p", condition: counter.lessThan(3), message: "it is past its end" },
  ],
};

export default leavesDomain;
