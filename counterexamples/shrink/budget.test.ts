import { describe, expect, test } from "vitest";
import type { Run } from "../../checker/result.ts";
import { search } from "../../checker/search/search.ts";
import { constant, less, not } from "../../model/ir/expression.ts";
import type { Model, Transition } from "../../model/ir/model.ts";
import { range, shared } from "../../model/ir/place.ts";
import { modelSubject } from "../subject.ts";
import { withinBudget } from "./budget.ts";
import { shrinkBySearch } from "./by-search.ts";
import { costOf } from "./cost.ts";
import { familyOf } from "./family.ts";
import { shrink } from "./shrink.ts";

const STEPS = 3;
const done = shared("done", range(0, 2 * STEPS));

const way = (name: string, from: number, weight: 0 | 1): Transition => ({
  from: `at ${from}`,
  to: `at ${from + 1}`,
  label: `${name} ${from}`,
  updates: [done.increment()],
  weight,
});

/** Two tasks of three steps each, which may go well or badly; it is wrong that both come to their end. */
const model: Model = {
  name: "relay",
  sets: {},
  variables: [done.variable],
  programs: [
    {
      name: "runner",
      start: "at 0",
      locations: [0, 1, 2, 3].map((at) => ({ name: `at ${at}`, end: true })),
      transitions: [0, 1, 2].flatMap((at) => [way("badly", at, 1), way("well", at, 0)]),
    },
  ],
  tasks: [{ program: "runner", count: 2 }],
  invariants: [
    {
      kind: "always",
      property: "not-both",
      condition: less(done.value, constant(2 * STEPS)),
      message: "both are done",
    },
  ],
};

/** In turns, and badly throughout. */
const worst: Run = {
  initial: 0,
  moves: [0, 2, 4].flatMap((transition) => [1, 2].map((task) => ({ task, transition }))),
};

test.each([{}, { search: false } as const])("%j: no adverse outcome and one switch are enough", (options) => {
  expect(costOf(model, worst)).toEqual({ steps: 6, adverse: 6, switches: 5 });
  const { run } = shrink(familyOf(modelSubject("relay", model)), "not-both", worst, options);
  expect(costOf(model, run)).toEqual({ steps: 6, adverse: 0, switches: 1 });
});

test("a run that a search met first is told with fewer switches", () => {
  const [runner] = model.programs;
  if (!runner) throw new Error("the model has no program");
  const waits = { ...way("well", 1, 0), guard: not(less(done.value, constant(STEPS))) };
  const others = runner.transitions.filter(({ from }) => from !== "at 1");
  const second = { ...runner, name: "second", transitions: [...others, way("well", 1, 0)] };
  const ordered: Model = {
    ...model,
    programs: [{ ...runner, transitions: [...others, waits] }, second],
    tasks: [
      { program: "runner", count: 1 },
      { program: "second", count: 1 },
    ],
  };
  const { violation } = shrinkBySearch(ordered, "not-both", {});
  expect(violation && costOf(ordered, violation)).toEqual({ steps: 6, adverse: 0, switches: 1 });
});

test("a way on which the model itself is wrong is not taken for a shorter one", () => {
  const [runner] = model.programs;
  if (!runner) throw new Error("the model has no program");
  const leap = { ...way("well", 0, 0), label: "leap", to: "at 3", updates: [done.set(constant(99))] };
  const wrong: Model = { ...model, programs: [{ ...runner, transitions: [...runner.transitions, leap] }] };
  const { run } = shrink(familyOf(modelSubject("relay", wrong)), "not-both", worst, { search: false });
  expect(costOf(wrong, run)).toEqual({ steps: 6, adverse: 0, switches: 1 });
});

describe("a budget", () => {
  const violates = (within: Model) =>
    search(within, { reduce: false }).properties.some(({ verdict }) => verdict === "violated");

  test("of switches cuts the runs that exceed it and no others", () => {
    const both = [0, 1].map((switches) => violates(withinBudget(model, { adverse: 0, switches })));
    expect(both).toEqual([false, true]);
  });

  test("of adverse outcomes does so too", () => {
    const programs = model.programs.map((program) => ({
      ...program,
      transitions: program.transitions.filter(({ weight }) => weight === 1),
    }));
    const both = [5, 6].map((adverse) =>
      violates(withinBudget({ ...model, programs }, { adverse, switches: 1 })),
    );
    expect(both).toEqual([false, true]);
  });
});
