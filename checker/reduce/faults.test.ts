import { expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { local, range } from "../../model/ir/place.ts";
import { search } from "../search/search.ts";

const step = local("step", range(0, 3));

/** Two tasks count alone, each step safe and the only one; the last leaves its domain if it is taken. */
function counters(last: boolean): Model {
  const places = ["one", "two", "three", "four", "end"];
  const count = last ? 4 : 3;
  return {
    name: "counters",
    sets: {},
    variables: [step.variable],
    programs: [
      {
        name: "count",
        start: "one",
        locations: places.map((name, position) => ({ name, end: position >= count })),
        transitions: places.slice(0, count).map((from, position) => ({
          from,
          to: places[position + 1] ?? "end",
          label: `step ${position + 1}`,
          weight: 0,
          updates: [step.increment()],
        })),
      },
    ],
    tasks: [{ program: "count", count: 2 }],
    invariants: [{ kind: "no-deadlock", property: "no-deadlock" }],
  };
}

test("a chain that is merged still shows where the model is wrong", () => {
  const right = search(counters(false));
  expect(right.reductions?.filter(({ applied }) => applied).map(({ reduction }) => reduction)).toContain(
    "chains",
  );
  expect(right.states).toBeLessThan(search(counters(false), { reduce: false }).states);
  const message = "'step 4' sets step to 4, outside its domain (valid: 0..3)";
  for (const options of [{}, { reduce: false }, { hashCompact: true }]) {
    const { properties, fault } = search(counters(true), options);
    expect(fault?.message).toContain(message);
    // Two tasks, of which one needs four steps.
    expect(properties).toMatchObject([{ verdict: "error", run: { moves: { length: 4 } } }]);
  }
});
