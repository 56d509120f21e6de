import { describe, expect, test } from "vitest";
import { bound, FALSE, TRUE } from "../../../model/ir/expression.ts";
import type { Model, Transition, Variable } from "../../../model/ir/model.ts";
import { bool, idOf, local, owner, range, self, shared, sharedArray } from "../../../model/ir/place.ts";
import { problemOf } from "../../problem.ts";
import { safeMovesOf } from "./safe-moves.ts";

const lock = shared("lock", owner);
const data = shared("data", bool);
const users = shared("users", range(0, 2));
const ITEM = idOf("item");
const uses = sharedArray("uses", ITEM, range(0, 2));
const item = local("item", ITEM);
const mine = local("mine", bool);
const round = local("round", range(0, 9));

type Way = Omit<Transition, "label" | "weight">;

/** Two tasks that run the ways; locations are the numbers that they name. */
function modelOf(ways: readonly Way[], invariants: Model["invariants"] = []): Model {
  const names = new Set(ways.flatMap(({ from, to }) => [from, to]));
  const variables: readonly Variable[] = [lock, data, users, uses, item, mine, round].map(
    (each) => each.variable,
  );
  return {
    name: "model",
    sets: { item: 2 },
    variables,
    programs: [
      {
        name: "walk",
        start: "0",
        locations: [...names].map((name) => ({ name })),
        transitions: ways.map((way) => ({ ...way, label: `${way.from}-${way.to}`, weight: 0 })),
      },
    ],
    tasks: [{ program: "walk", count: 2 }],
    invariants,
  };
}

/** The locations that are always safe. */
function safeIn(model: Model): readonly string[] {
  const [conditions] = safeMovesOf(problemOf(model)).when.values();
  return [...(conditions ?? [])]
    .flatMap(([location, condition]) => (condition === TRUE ? [location] : []))
    .sort();
}

const take: Way = { from: "0", to: "1", guard: lock.is("none"), updates: [lock.set(self)] };
const give: Way = { from: "2", to: "3", updates: [lock.set("none")] };
const end: Way = { from: "3", to: "4", updates: [] };

describe("owners", () => {
  test("what only a lock's holder touches is safe while it is held, and so is giving it up", () => {
    const work: Way = { from: "1", to: "2", updates: [data.set(true)] };
    expect(safeIn(modelOf([take, work, give, end]))).toEqual(["1", "2", "3"]);
  });

  test("a lock that somebody tests is not given up safely", () => {
    const work: Way = { from: "1", to: "2", updates: [] };
    const peek: Way = { from: "3", to: "4", guard: lock.isNot("none"), updates: [] };
    expect(safeIn(modelOf([take, work, give, peek]))).toEqual(["1"]);
  });

  test("what is touched behind the lock's back is not safe", () => {
    const work: Way = { from: "1", to: "2", updates: [data.set(true)] };
    const late: Way = { from: "3", to: "4", updates: [data.set(false)] };
    expect(safeIn(modelOf([take, work, give, late]))).toEqual(["2"]);
  });

  test("a release of what may be another's refuses the lock, and says which step does it", () => {
    const work: Way = { from: "1", to: "2", updates: [] };
    const again: Way = { from: "3", to: "4", updates: [lock.set("none")] };
    const model = modelOf([take, work, give, again]);
    expect(safeIn(model)).toEqual(["1"]);
    const { unowned } = safeMovesOf(problemOf(model));
    expect([...unowned]).toEqual([["lock", "3-4"]]);
  });

  test("what a flag of the task's own tells is known", () => {
    const tried: readonly Way[] = [
      { ...take, updates: [lock.set(self), mine.set(true)] },
      { from: "0", to: "1", guard: lock.isNot("none"), updates: [mine.set(false)] },
      { from: "1", to: "2", guard: mine.value, updates: [] },
      { from: "1", to: "4", guard: mine.is(false), updates: [] },
      { from: "2", to: "3", updates: [data.set(true)] },
      { from: "3", to: "4", updates: [lock.set("none")] },
    ];
    const model = modelOf(tried);
    expect([...safeMovesOf(problemOf(model)).unowned]).toEqual([]);
    expect(safeIn(model)).toEqual(["1", "2"]);
    const careless = { from: "1", to: "2", guard: mine.is(false), updates: [] };
    expect([...safeMovesOf(problemOf(modelOf([...tried, careless]))).unowned]).toEqual([["lock", "3-4"]]);
  });

  test("to ask whether the task itself holds a lock is safe, held or not", () => {
    const asks = { property: "free", condition: lock.isNot(self), message: "" };
    const last: Way = { ...end, assertions: [asks] };
    expect(safeIn(modelOf([take, { from: "1", to: "2", updates: [] }, give, last]))).toContain("3");
    const other = { property: "free", condition: lock.is("none"), message: "" };
    expect(
      safeIn(modelOf([take, { from: "1", to: "2", updates: [] }, give, { ...end, assertions: [other] }])),
    ).not.toContain("3");
  });
});

describe("counters", () => {
  const balanced: readonly Way[] = [
    { from: "0", to: "1", updates: [users.increment()] },
    { from: "1", to: "2", updates: [users.decrement()] },
  ];

  test("additions that never leave the domain are safe", () => {
    expect(safeIn(modelOf(balanced))).toEqual(["0", "1"]);
  });

  test("so they are to an element, while it is known which", () => {
    const on = (update: "increment" | "decrement") => uses.at(item)[update]();
    const pick: Way = {
      from: "0",
      to: "1",
      choice: { name: "x", domain: ITEM },
      updates: [item.set(bound("x"))],
    };
    const count: Way = { from: "1", to: "2", updates: [on("increment")] };
    const drop: Way = { from: "2", to: "4", updates: [on("decrement"), item.set("none")] };
    expect(safeIn(modelOf([pick, count, drop]))).toContain("1");
    const forget: Way = { from: "2", to: "3", updates: [item.set(item)] };
    const late: Way = { from: "3", to: "4", updates: [on("decrement")] };
    expect(safeIn(modelOf([pick, count, forget, late]))).not.toContain("1");
  });

  test("a counter that is read, or may leave its domain, is not", () => {
    const read: Way = { from: "2", to: "3", guard: users.is(0), updates: [] };
    expect(safeIn(modelOf([...balanced, read]))).toEqual([]);
    expect(safeIn(modelOf([{ from: "0", to: "0", updates: [users.increment()] }]))).toEqual([]);
  });
});

describe("the cycle proviso", () => {
  test("a cycle of a task's own steps stops somewhere, unless it counts", () => {
    const spin = (update: Way["updates"]): readonly Way[] => [
      { from: "0", to: "1", updates: [] },
      { from: "1", to: "0", updates: update },
    ];
    expect(safeIn(modelOf(spin([mine.set(true)])))).toHaveLength(1);
    expect(safeIn(modelOf(spin([round.increment()])))).toEqual(["0", "1"]);
    const reset: Way = { from: "1", to: "0", updates: [round.set(0)] };
    expect(safeIn(modelOf([...spin([round.increment()]), reset]))).toHaveLength(1);
  });
});

describe("what a property sees", () => {
  const step: readonly Way[] = [
    { from: "0", to: "1", updates: [mine.set(true)] },
    { from: "1", to: "2", updates: [] },
  ];
  const named = { property: "p", message: "" };

  test("is not safe where an invariant reads it of every state", () => {
    const condition = mine.of({ kind: "constant", value: 1, domain: owner }).is(false);
    expect(safeIn(modelOf(step, [{ kind: "always", ...named, condition }]))).toEqual(["1"]);
    expect(safeIn(modelOf(step, [{ kind: "no-deadlock", property: "p" }]))).toEqual(["0", "1"]);
  });

  test("is not safe where it comes to or leaves a location that is judged", () => {
    const at = (location: string) =>
      ({ kind: "location", program: "walk", location, ...named, condition: mine.value }) as const;
    expect(safeIn(modelOf(step, [at("0")]))).toEqual(["1"]);
    expect(safeIn(modelOf(step, [at("1")]))).toEqual([]);
    expect(safeIn(modelOf(step, [{ ...at("2"), condition: FALSE }]))).toEqual(["0"]);
  });
});
