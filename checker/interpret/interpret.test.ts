import { describe, expect, test } from "vitest";
import {
  add,
  and,
  bound,
  cond,
  constant,
  type Expression,
  equal,
  FALSE,
  less,
  or,
  SELF,
  some,
} from "../../model/ir/expression.ts";
import type { Model, Transition } from "../../model/ir/model.ts";
import { bool, idOf, local, localArray, owner, range, shared, sharedArray } from "../../model/ir/place.ts";
import {
  apply,
  enabledMoves,
  evaluate,
  failedAssertions,
  initialStates,
  ModelError,
  type State,
  successors,
} from "./interpret.ts";

const lock = shared("lock", owner);
const uses = sharedArray("uses", idOf("item"), range(0, 1));
const level = shared("level", range(-1, 1, "end-path"));
const item = local("item", idOf("item"));
const seen = localArray("seen", range(-1, 1), bool);

function modelOf(...transitions: readonly Partial<Transition>[]): Model {
  return {
    name: "tiny",
    sets: { item: 2 },
    variables: [lock, uses, level, item, seen].map(({ variable }) => variable),
    programs: [
      {
        name: "work",
        start: "a",
        locations: [{ name: "a" }, { name: "b", end: true }],
        transitions: transitions.map((each) => ({
          from: "a",
          to: "b",
          label: "step",
          weight: 0,
          updates: [],
          ...each,
        })),
      },
    ],
    tasks: [{ program: "work", count: 2 }],
    invariants: [],
  };
}

function first(model: Model): State {
  const [state] = initialStates(model);
  if (!state) throw new Error("no initial state");
  return state;
}

function stateAfter(model: Model, task = 1): State {
  const step = apply(model, first(model), { task, transition: 0 });
  if (step.kind !== "successor") throw new Error("the path ended");
  return step.state;
}

describe("initial states", () => {
  test("start every task at its program's start", () => {
    expect(first(modelOf())).toEqual({
      shared: { lock: 0, uses: [0, 0], level: 0 },
      tasks: [
        { location: "a", variables: { item: 0, seen: [0, 0, 0] } },
        { location: "a", variables: { item: 0, seen: [0, 0, 0] } },
      ],
    });
  });

  test("give each element and each task every initial value", () => {
    const model = modelOf();
    const free = (name: string) => ({
      ...model,
      variables: model.variables.map((each) => (each.name === name ? { ...each, initial: [0, 1] } : each)),
    });
    expect(initialStates(free("lock"))).toHaveLength(2);
    expect(initialStates(free("uses")).map(({ shared }) => Object.values(shared)[1])).toEqual([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]);
    expect(initialStates(free("item"))).toHaveLength(4);
  });
});

describe("a move", () => {
  test("reads the state before it in all updates", () => {
    const swap = [level.set(add(level.value, constant(1))), seen.at(0).set(equal(level.value, constant(0)))];
    expect(stateAfter(modelOf({ updates: swap }))).toMatchObject({
      shared: { level: 1 },
      tasks: [{ location: "b", variables: { seen: [0, 1, 0] } }, { location: "a" }],
    });
  });

  test("lets a write that overrides win over an earlier one of the same element", () => {
    const [once, twice] = [uses.at(constant(1)).set(1), uses.at(constant(1)).set(0)];
    const updates = [once, { ...twice, overrides: true as const }, uses.at(constant(2)).set(1)];
    expect(stateAfter(modelOf({ updates }))).toMatchObject({ shared: { uses: [0, 1] } });
  });

  test("is an error where two writes meet in one place", () => {
    const index = cond(equal(level.value, constant(0)), constant(1), constant(2));
    const updates = [uses.at(constant(1)).set(1), uses.at(index).set(0)];
    expect(() => stateAfter(modelOf({ updates }))).toThrow("model 'tiny': 'step' sets uses[item 1] twice");
    const own = [item.set(constant(2)), { ...item.set(constant(1)), of: SELF }];
    expect(() => stateAfter(modelOf({ updates: own }), 2)).toThrow("'step' sets item of task 2 twice");
    const apart = [item.set(constant(2)), { ...item.set(constant(1)), of: constant(1) }];
    expect(() => stateAfter(modelOf({ updates: apart }), 2)).not.toThrow();
  });

  test("writes what its own task is, and another's variable where asked to", () => {
    const updates = [lock.set(SELF), { ...item.set(constant(2)), of: constant(1) }];
    expect(stateAfter(modelOf({ updates }), 2)).toMatchObject({
      shared: { lock: 2 },
      tasks: [{ variables: { item: 2 } }, { variables: { item: 0 } }],
    });
  });

  test("tells what it changed", () => {
    const model = modelOf({ updates: [lock.set(SELF)] });
    const step = apply(model, first(model), { task: 1, transition: 0 });
    expect(
      step.kind === "successor" && step.patches.map(({ path, value }) => [path.join("."), value]),
    ).toEqual(
      expect.arrayContaining([
        ["shared.lock", 1],
        ["tasks.0.location", "b"],
      ]),
    );
  });

  test("is refused where its guard fails", () => {
    const model = modelOf({ guard: FALSE });
    expect(enabledMoves(model, first(model))).toEqual([]);
    expect(() => apply(model, first(model), { task: 1, transition: 0 })).toThrow(
      "task 1 cannot take 'step' at 'a'",
    );
    expect(() => apply(model, first(model), { task: 1, transition: 1 })).toThrow(
      "no transition 1 (valid: 0..0)",
    );
  });

  test("judges its assertions in the state before", () => {
    const assertion = { property: "p", condition: lock.is(SELF), message: "not held" };
    const model = modelOf({ updates: [lock.set(SELF)], assertions: [assertion] });
    expect(failedAssertions(model, first(model), { task: 1, transition: 0 })).toEqual([assertion]);
  });

  test("has one successor per value of its choice, in order", () => {
    const choice = { name: "which", domain: idOf("item") };
    const model = modelOf({ choice, updates: [item.set(bound("which"))] });
    expect(successors(model, first(model)).map(({ move }) => [move.task, move.choice])).toEqual([
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
  });
});

describe("an update that leaves its domain", () => {
  test("is an error of the model that names model, step, variable, value and domain", () => {
    const model = modelOf({ updates: [uses.at(constant(1)).set(constant(2))] });
    expect(() => successors(model, first(model))).toThrow(
      new ModelError("model 'tiny': 'step' sets uses to 2, outside its domain (valid: 0..1)"),
    );
  });

  test("ends the path where the domain is a margin", () => {
    const model = modelOf({ updates: [level.set(constant(-2))] });
    expect(successors(model, first(model))[0]).toMatchObject({
      kind: "ended",
      margin: { variable: "level", limit: -1 },
    });
  });
});

describe("expressions", () => {
  const model = modelOf();
  const environment = { model, state: first(model), self: 1 };
  const read = (expression: Expression) => evaluate(expression, environment);
  const none: Expression = uses.at(item).value;

  test("are wrong where an index names no element", () => {
    expect(() => read(none)).toThrow("model 'tiny': uses[none]: no such element (valid: 1..2)");
    expect(() => read(seen.at(constant(2)).value)).toThrow("seen[2]: no such element (valid: -1..1)");
    expect(() => read(item.of(lock.value).value)).toThrow("no task none to read of (valid: 1..2)");
  });

  test("are read no further than needed", () => {
    const wrong = equal(none, constant(1));
    expect(read(and(item.isNot("none"), wrong))).toBe(0);
    expect(read(or(item.is("none"), wrong))).toBe(1);
    expect(() => read({ kind: "and", operands: [wrong, FALSE] })).toThrow(ModelError);
  });

  test("quantify over the members of a set, never over none", () => {
    expect(read(some("each", idOf("item"), (each) => less(uses.at(each).value, constant(1))))).toBe(1);
    expect(read(some("each", idOf("item"), (each) => equal(each, item.value)))).toBe(0);
  });
});
