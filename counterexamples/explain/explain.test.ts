import { describe, expect, test } from "vitest";
import { type Environment, initialStates } from "../../checker/interpret/interpret.ts";
import { all, and, constant, type Expression, less, not, or } from "../../model/ir/expression.ts";
import type { Model } from "../../model/ir/model.ts";
import { bool, idOf, oneOf, owner, range, self, shared, sharedArray } from "../../model/ir/place.ts";
import { attempt } from "../shrink/attempt.ts";
import { scenarioSubject } from "../subject.ts";
import { ptlHeld, splitWalk } from "../testing/split-walk.ts";
import { failedConjuncts } from "./conjunct.ts";
import { explain } from "./explain.ts";
import { showExpression, valuesIn } from "./show-expression.ts";

const lock = shared("lock", owner);
const open = shared("open", bool, true);
const phase = shared("phase", oneOf("idle", "busy"), "busy");
const uses = sharedArray("uses", idOf("item"), range(0, 3));

const model: Model = {
  name: "words",
  sets: { item: 2 },
  variables: [lock, open, phase, uses].map(({ variable }) => variable),
  programs: [{ name: "rest", start: "here", locations: [{ name: "here", end: true }], transitions: [] }],
  tasks: [{ program: "rest", count: 1 }],
  invariants: [],
};
const [state] = initialStates(model);
if (!state) throw new Error("no initial state");
const here: Environment = { model, state, self: 1 };

describe("conditions in words", () => {
  const cases: readonly (readonly [Expression, string])[] = [
    [lock.is(self), "lock is task 1"],
    [lock.isNot("none"), "lock is not none"],
    [phase.is("idle"), "phase is idle"],
    [not(open.value), "not open"],
    [
      and(open.value, or(phase.is("idle"), less(uses.at(2).value, constant(3)))),
      "open and (phase is idle or uses[2] < 3)",
    ],
    [all("each", idOf("item"), (each) => uses.at(each).is(0)), "all each: uses[each] is 0"],
  ];

  test.each(cases)("%#", (condition, words) => {
    expect(showExpression(condition, here)).toBe(words);
  });

  test("with the values that they read", () => {
    expect(valuesIn(and(lock.is(self), phase.is("idle"), uses.at(1).is(1)), here)).toEqual([
      "lock is none",
      "phase is busy",
      "uses[1] is 0",
    ]);
  });
});

describe("the parts to blame", () => {
  const blamed = (condition: Expression) =>
    failedConjuncts(condition, here).map((each) => showExpression(each.condition, { ...here, ...each }));

  test("are the conjuncts that fail, not those that hold", () => {
    expect(blamed(and(open.value, lock.is(self), phase.is("idle")))).toEqual([
      "lock is task 1",
      "phase is idle",
    ]);
  });

  test("of a denied disjunction are the disjuncts that hold", () => {
    expect(blamed(not(or(open.value, phase.is("idle"), phase.is("busy"))))).toEqual([
      "not open",
      "phase is not busy",
    ]);
  });

  test("of a choice are in the arm that counts", () => {
    const choice: Expression = {
      kind: "if",
      condition: open.value,
      yes: lock.is(self),
      no: phase.is("idle"),
    };
    expect(blamed(choice)).toEqual(["lock is task 1"]);
    expect(blamed(not({ ...choice, yes: phase.is("busy") }))).toEqual(["phase is not busy"]);
  });

  test("of a quantifier are in its first member that fails", () => {
    expect(blamed(all("each", idOf("item"), (each) => uses.at(each).is(1)))).toEqual(["uses[1] is 1"]);
  });
});

describe("a run", () => {
  const choice = { version: "bad", parameters: { tasks: 1, ptes: 2, folios: 1 } };
  const subject = scenarioSubject(splitWalk, choice, [ptlHeld]);
  const walk = subject.judgedBy(["ptl-held"]);
  const labels = [
    "pte_offset_map_lock();",
    "for (; addr < end;) -> next round",
    "ptent = ptep_get(pte); -> large",
    "if (!folio) -> false",
    "pte_unmap_unlock();",
    "split_folio(); -> fails",
    "if (err) -> true",
    "for (; addr < end;) -> advance",
    "for (; addr < end;) -> next round",
    "ptent = ptep_get(pte); -> none",
  ];
  const intents = labels.map((label) => ({ task: 1, label, transition: -1 }));
  const run = attempt(walk, "ptl-held", { initial: 0, intents });
  if (!run) throw new Error("the run violates nothing");

  test("is explained: what failed, since when, what turned it, where the code went wrong", () => {
    expect(explain(walk, "ptl-held", run)).toMatchObject({
      failed: [{ demanded: "ptl.owner is task 1", found: ["ptl.owner is none"] }],
      heldAfter: 4,
      lost: { step: 5, kind: "broken" },
      pivot: { step: 6, subject: "split_folio", taken: "fails", instead: "succeeds", certain: true },
      guilty: { step: 7, source: { text: "if (err)" } },
    });
  });

  test("that only a limit kept from being searched has no certain pivot", () => {
    expect(explain(walk, "ptl-held", run, { maxStates: 12 }).pivot?.certain).not.toBe(true);
  });

  test("which every way leads to has no pivot", () => {
    const [program] = walk.programs;
    if (!program) throw new Error("no program");
    const transitions = program.transitions.map((each) =>
      each.events?.some(({ kind }) => kind === "return")
        ? { ...each, assertions: [{ property: "ptl-held", condition: constant(0), message: "it ends" }] }
        : each,
    );
    const doomed: Model = { ...walk, programs: [{ ...program, transitions }] };
    expect(explain(doomed, "ptl-held", run).pivot).toBeUndefined();
  });
});

test("of a deadlock it is told what each task that is stuck waits for", () => {
  const taken = shared("taken", owner);
  const take = {
    from: "outside",
    to: "inside",
    label: "take",
    guard: taken.is("none"),
    updates: [taken.set(self)],
  };
  const stuck: Model = {
    ...model,
    variables: [taken.variable],
    programs: [
      {
        name: "rest",
        start: "outside",
        locations: [{ name: "outside" }, { name: "inside", end: true }],
        transitions: [{ ...take, weight: 0 }],
      },
    ],
    tasks: [{ program: "rest", count: 2 }],
    invariants: [{ kind: "no-deadlock", property: "no-deadlock" }],
  };
  const run = { initial: 0, moves: [{ task: 2, transition: 0 }] };
  expect(explain(stuck, "no-deadlock", run)).toEqual({
    failed: [{ demanded: "task 1 goes on where taken is none", found: ["taken is task 2"] }],
    heldAfter: 0,
    lost: { step: 1, kind: "broken" },
  });
});
