import { describe, expect, test } from "vitest";
import { add, all, cond, constant, type Expression, equal, less, some, subtract } from "./expression.ts";
import type { Model, Transition } from "./model.ts";
import { range, shared, sharedArray } from "./place.ts";
import { validate } from "./validate.ts";
import { wideExpressions, wideText } from "./wide-expressions.ts";

const MOST = 2 ** 30 - 1;
const n = shared("n", range(0, MOST));
const below = shared("below", range(-MOST, 0));
const list = sharedArray("list", range(0, 1), range(0, 1));

function model(change: Partial<Transition>): Model {
  const step: Transition = { from: "a", to: "b", label: "go", updates: [], weight: 0 };
  return {
    name: "wide",
    sets: {},
    variables: [n, below, list].map(({ variable }) => variable),
    programs: [
      {
        name: "p",
        start: "a",
        locations: [{ name: "a" }, { name: "b", end: true }],
        transitions: [{ ...step, ...change }],
      },
    ],
    tasks: [{ program: "p", count: 1 }],
    invariants: [],
  };
}

const guarded = (guard: Expression): Model => model({ guard });
const positive = (value: Expression): Expression => less(constant(0), value);
const doubled = (value: Expression, times: number): Expression =>
  times === 0 ? value : doubled(add(value, value), times - 1);

const EDGE = 2 ** 31;

describe("what may need more than 32 bits is found, with its site and its extreme value", () => {
  test.each<[string, Model, string]>([
    ["a constant", guarded(less(n.value, constant(EDGE))), "'2147483648' may be 2147483648"],
    ["a negative one", guarded(less(constant(-EDGE - 1), n.value)), "may be -2147483649"],
    ["a sum", guarded(positive(doubled(n.value, 2))), "'(n + n) + (n + n)' may be 4294967292"],
    [
      "a difference",
      guarded(less(subtract(subtract(below.value, n.value), constant(3)), constant(0))),
      "may be -2147483649",
    ],
    [
      "a part whose whole is small",
      guarded(equal(subtract(doubled(n.value, 2), doubled(n.value, 2)), constant(0))),
      "'(n + n) + (n + n)' may be",
    ],
    [
      "an arm that is never taken",
      guarded(positive(cond(n.is(1), n.value, constant(EDGE)))),
      `may be ${EDGE}`,
    ],
    [
      "under a quantifier",
      guarded(some("i", range(0, MOST), (i) => positive(add(doubled(i, 1), constant(2))))),
      "'(i + i) + 2' may be 2147483648",
    ],
    [
      "an index",
      guarded(list.at(subtract(doubled(n.value, 2), constant(5))).is(1)),
      "'(n + n) + (n + n)' may be",
    ],
    ["what is written", model({ updates: [n.set(cond(n.is(0), constant(0), doubled(n.value, 2)))] }), "'go'"],
    ["the index of a write", model({ updates: [list.at(add(n.value, constant(EDGE))).set(1)] }), "'go'"],
    [
      "an assertion",
      model({
        assertions: [{ property: "p", message: "", condition: positive(doubled(n.value, 2)) }],
      }),
      "program 'p', 'go' from 'a' to 'b': ",
    ],
    [
      "an invariant",
      {
        ...model({}),
        invariants: [
          { kind: "always", property: "small", message: "", condition: positive(doubled(n.value, 2)) },
        ],
      },
      "property 'small': ",
    ],
    [
      "a choice",
      model({
        choice: { name: "c", domain: range(0, MOST) },
        updates: [n.set(cond(n.is(0), n.value, doubled({ kind: "bound", name: "c" }, 2)))],
      }),
      "'(c + c) + (c + c)' may be",
    ],
  ])("%s", (_, wide, said) => {
    expect(validate(wide)).toEqual([]);
    expect(wideExpressions(wide).map(wideText).join("\n")).toContain(said);
  });

  test("what fits is not among them, up to the last value", () => {
    const fits = less(add(add(n.value, n.value), constant(1)), constant(EDGE - 1));
    const below31 = less(constant(-EDGE), subtract(subtract(below.value, n.value), constant(2)));
    expect(wideExpressions(guarded(fits))).toEqual([]);
    expect(wideExpressions(guarded(below31))).toEqual([]);
    expect(wideExpressions(guarded(all("i", range(0, MOST), (i) => less(i, n.value))))).toEqual([]);
  });
});

test("beyond 2^53 a model is refused, with the site", () => {
  const most = constant(Number.MAX_SAFE_INTEGER - MOST);
  expect(validate(guarded(positive(add(n.value, most))))).toEqual([]);
  const [error] = validate(guarded(positive(add(n.value, add(n.value, most)))));
  expect(error).toMatch(/^program 'p', 'go' from 'a' to 'b': '.*' may be \d+: beyond 2\^53/);
  const far = subtract(constant(Number.MIN_SAFE_INTEGER), n.value);
  expect(validate(guarded(less(far, constant(0)))).join()).toContain("beyond 2^53");
});
