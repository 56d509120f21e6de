import { describe, expect, test } from "vitest";
import { search } from "../../checker/search/search.ts";
import {
  all,
  and,
  cond,
  constant,
  type Expression,
  equal,
  FALSE,
  less,
  not,
  or,
  TRUE,
} from "../../model/ir/expression.ts";
import type { Invariant, Model, Transition } from "../../model/ir/model.ts";
import { range, shared, sharedArray } from "../../model/ir/place.ts";
import { familyOf } from "../shrink/family.ts";
import { shrink } from "../shrink/shrink.ts";
import { modelSubject } from "../subject.ts";
import { traceOf } from "../trace/build.ts";
import { explained } from "./explain.ts";

const j = shared("j", range(0, 3));
const a = sharedArray("a", range(0, 1), range(0, 1));
const free: Expression = equal(a.at(j).value, constant(0));
const NO_DEADLOCK: Invariant = { kind: "no-deadlock", property: "p" };
const always = (condition: Expression): Invariant => ({
  kind: "always",
  property: "p",
  message: "p fails",
  condition,
});

/** Counts; with its guard it stops at two, which is no element of the array. */
function model(guard: Expression, invariant: Invariant, more: readonly Partial<Transition>[] = []): Model {
  const step: Transition = { from: "s", to: "s", label: "j++", guard, updates: [j.increment()], weight: 0 };
  return {
    name: "short",
    sets: {},
    variables: [j.variable, a.variable],
    programs: [
      {
        name: "p",
        start: "s",
        locations: [{ name: "s" }, { name: "t" }, { name: "e", end: true }],
        transitions: [step, ...more.map((each) => ({ ...step, ...each }))],
      },
    ],
    tasks: [{ program: "p", count: 1 }],
    invariants: [invariant],
  };
}

const below = j.lessThan(2);
const DEADLOCKS: readonly (readonly [string, Expression])[] = [
  ["a conjunction", and(below, free)],
  ["a disjunction that is negated", not(or(not(below), not(free)))],
  ["a choice between conditions", cond(below, free, FALSE)],
  ["a choice that decides", cond(and(below, free), TRUE, FALSE)],
  ["a quantifier", all("i", range(0, 0), () => and(below, free))],
];

describe("what a guard keeps from being read is not read to explain it", () => {
  test.each(DEADLOCKS)("in a deadlock: %s", (_, guard) => {
    const subject = modelSubject("m.ts", model(guard, NO_DEADLOCK));
    const [found] = search(subject.judgedBy([])).properties;
    expect(found).toMatchObject({ verdict: "violated", run: { moves: { length: 2 } } });
    const run = found?.run ?? { initial: 0, moves: [] };
    const { explanation } = explained(subject, traceOf(subject, "p", run, true));
    expect(explanation?.failed[0]?.demanded).toMatch(/^task 1 goes on where /);
    expect(explanation?.failed.flatMap((each) => each.found)).not.toContain(expect.stringContaining("a["));
    expect(shrink(familyOf(subject), "p", run).run).toEqual(run);
    expect(shrink(familyOf(subject), "p", run, { search: false }).run).toEqual(run);
  });

  test.each(DEADLOCKS)("in an invariant: %s", (_, condition) => {
    const counts = model(j.lessThan(2), always(condition));
    const subject = modelSubject("m.ts", counts);
    const [found] = search(counts).properties;
    const run = found?.run ?? { initial: 0, moves: [] };
    expect(found?.verdict).toBe("violated");
    const { explanation } = explained(subject, traceOf(subject, "p", run, true));
    expect(explanation?.failed.length).toBeGreaterThan(0);
  });
});

test("another way that would be an error of the model saves nothing", () => {
  const decision = (alternative: string) => ({ kind: "outcome", subject: "call", alternative }) as const;
  const ways = [
    { label: "call -> fails", guard: j.is(2), to: "s", updates: [j.set(3)], decision: decision("fails") },
    {
      label: "call -> reads",
      guard: j.is(2),
      to: "e",
      updates: [a.at(j).set(1)],
      decision: decision("reads"),
    },
    { label: "call -> ends", guard: j.is(2), to: "t", updates: [], decision: decision("ends") },
    { label: "return", from: "t", to: "e", guard: TRUE, updates: [] },
  ];
  // The property is violated by the first way, in a state from which the others are never taken.
  const wrong = model(below, always(less(j.value, constant(3))), ways);
  const kept = model(below, always(less(j.value, constant(3))), ways.toSpliced(1, 1));
  const subject = modelSubject("m.ts", wrong);
  const run = search(kept).properties[0]?.run ?? { initial: 0, moves: [] };
  expect(run.moves).toHaveLength(3);
  const { explanation } = explained(subject, traceOf(subject, "p", run, true));
  expect(explanation?.pivot).toMatchObject({ step: 3, taken: "fails" });
  expect(search(wrong).properties).toMatchObject([{ verdict: "error" }]);
});
