import fc from "fast-check";
import { expect, test } from "vitest";
import { TRUE } from "../../../model/ir/expression.ts";
import type { Invariant, Model, Transition } from "../../../model/ir/model.ts";
import { bool, local, localArray, range } from "../../../model/ir/place.ts";
import { problemOf } from "../../problem.ts";
import type { SearchResult } from "../../result.ts";
import { search } from "../../search/search.ts";
import { randomModels } from "../../testing/random/random-model.ts";
import { showsItsVerdict } from "../testing/replay.ts";

const { HOLDFAST_RANDOM_MODELS: wanted = "500" } = process.env;
const MODELS = Number(wanted);

/** Keeps a search going to its end. */
const ALWAYS: Invariant = { kind: "always", property: "true", condition: TRUE, message: "" };

/** The model with one task of its first program. */
const alone = (model: Model): Model => ({
  ...model,
  tasks: [{ program: first(model), count: 1 }],
  invariants: [...model.invariants, ALWAYS],
});
const first = ({ programs }: Model): string => programs[0]?.name ?? "";

/** What must not depend on what is forgotten. */
function said(model: Model, result: SearchResult) {
  const { transitions } = problemOf(model);
  return {
    unreached: result.unreached,
    bounds: result.bounds,
    properties: result.properties.map(({ run, ...rest }) => ({
      ...rest,
      steps: run?.moves.length,
      adverse: run?.moves.filter(({ transition }) => (transitions[transition]?.transition.weight ?? 0) > 0)
        .length,
    })),
  };
}

function searched(model: Model, reduce: boolean): SearchResult | "wrong" {
  const result = search(model, { reduce });
  return result.fault ? "wrong" : result;
}

test(
  `${MODELS} random models of one task are judged alike, by runs of the same length`,
  () => {
    const seen = { fewer: 0, violated: 0 };
    const judgeAlike = (random: Model) => {
      const model = alone(random);
      const [reduced, full] = [searched(model, true), searched(model, false)];
      if (reduced === "wrong" || full === "wrong") {
        expect(reduced).toBe(full);
        return;
      }
      expect(said(model, reduced)).toEqual(said(model, full));
      for (const each of reduced.properties) if (each.run) expect(showsItsVerdict(model, each)).toBe(true);
      if (reduced.states < full.states) seen.fewer++;
      if (reduced.properties.some(({ verdict }) => verdict === "violated")) seen.violated++;
    };
    fc.assert(fc.property(randomModels(), judgeAlike), { numRuns: MODELS });
    expect(seen.fewer).toBeGreaterThan(MODELS * 0.1);
    expect(seen.violated).toBeGreaterThan(MODELS * 0.2);
  },
  900_000 + MODELS * 1000,
);

const drawn = local("drawn", range(0, 3));
const copy = local("copy", range(0, 3));
const position = local("position", range(0, 2));
const passed = localArray("passed", range(0, 1), bool);

type Step = Omit<Transition, "from" | "to" | "label" | "weight">;

/** Steps one after the other. */
function inTurn(steps: readonly Step[]): Model {
  const transitions = steps.map((step, at) => {
    return { from: `at${at}`, to: `at${at + 1}`, label: `step ${at}`, weight: 0 as const, ...step };
  });
  return {
    name: "in-turn",
    sets: {},
    variables: [drawn.variable, copy.variable, position.variable, passed.variable],
    programs: [
      {
        name: "steps",
        start: "at0",
        locations: [...steps, {}].map((_, at) => ({ name: `at${at}`, end: at === steps.length })),
        transitions,
      },
    ],
    tasks: [{ program: "steps", count: 1 }],
    invariants: [ALWAYS],
  };
}

const draw: Step = {
  choice: { name: "value", domain: range(0, 3) },
  updates: [drawn.set({ kind: "bound", name: "value" })],
};
const stored = (steps: readonly Step[]): number => search(inTurn(steps)).states;

test("what nothing reads is not told apart, and what is copied to be read later is", () => {
  expect(stored([draw, { updates: [] }])).toBe(3);
  const small = { property: "small", message: "too big", condition: copy.lessThan(3) };
  const read: readonly Step[] = [draw, { updates: [copy.set(drawn)] }, { updates: [], assertions: [small] }];
  const result = search(inTurn(read));
  expect(result.properties).toMatchObject([{ verdict: "holds" }, { verdict: "violated" }]);
  expect(result.states).toBe(1 + 4 + 4 + 1);
});

test("elements behind the position are not told apart", () => {
  const visit: readonly Step[] = [
    {
      choice: { name: "value", domain: bool },
      updates: [passed.at(position).set({ kind: "bound", name: "value" })],
    },
    {
      updates: [position.increment()],
      assertions: [{ property: "set", message: "not set", condition: passed.at(position).value }],
    },
  ];
  expect(stored([...visit, ...visit])).toBe(1 + 2 + 1 + 2 + 1);
});

test("a write that leaves its domain is found though nothing reads it", () => {
  const { fault } = search(inTurn([draw, { updates: [copy.set(drawn.plus(1))] }]));
  expect(fault?.message).toContain("outside its domain");
});
