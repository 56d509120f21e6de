import { describe, expect, test } from "vitest";
import { add, and, bound, constant, type Expression, equal, less, SELF, some } from "./expression.ts";
import type { Model, Transition, Variable } from "./model.ts";
import { bool, idOf, local, oneOf, owner, range, shared, sharedArray } from "./place.ts";
import { assertValid, validate } from "./validate.ts";

const lock = shared("lock", owner);
const phase = shared("phase", oneOf("idle", "busy"));
const uses = sharedArray("uses", idOf("item"), range(0, 3));
const item = local("item", idOf("item"));
const flag = local("flag", bool);

const sound: Model = {
  name: "sound",
  sets: { item: 2 },
  variables: [lock, phase, uses, item, flag].map(({ variable }) => variable),
  programs: [
    {
      name: "work",
      start: "start",
      locations: [{ name: "start" }, { name: "end", end: true }],
      transitions: [
        {
          from: "start",
          to: "end",
          label: "go",
          weight: 0,
          updates: [uses.at(item).increment(), lock.set(SELF)],
        },
      ],
    },
  ],
  tasks: [{ program: "work", count: 2 }],
  invariants: [],
};

/** The sound model with its transition changed. */
function withTransition(change: Partial<Transition>): Model {
  const [program] = sound.programs;
  const [transition] = program?.transitions ?? [];
  if (!program || !transition) throw new Error("no transition to change");
  return { ...sound, programs: [{ ...program, transitions: [{ ...transition, ...change }] }] };
}

const withGuard = (guard: Expression): Model => withTransition({ guard });
const withVariable = (variable: Variable): Model => ({ ...sound, variables: [...sound.variables, variable] });

test("a sound model has no errors", () => {
  expect(validate(sound)).toEqual([]);
  expect(() => assertValid(sound)).not.toThrow();
});

describe("each error is named with its place", () => {
  const variable = (name: string): Expression => ({ kind: "variable", name });
  const cases: readonly (readonly [string, Model, string])[] = [
    [
      "unknown variable",
      withGuard(variable("nothing")),
      "unknown variable 'nothing' (known: lock, phase, uses, item, flag)",
    ],
    ["array without index", withGuard(equal(variable("uses"), constant(1))), "'uses' is an array"],
    [
      "index of a scalar",
      withGuard({ kind: "element", name: "flag", index: constant(0) }),
      "'flag' is no array",
    ],
    [
      "wrong index",
      withGuard(equal(uses.at(SELF).value, constant(1))),
      "the index of 'uses' must be id of item, not id of task",
    ],
    ["an id in arithmetic", withGuard(less(lock.value, constant(1))), "must be integer, not id of task"],
    ["ids of two sets", withGuard(equal(lock.value, item.value)), "compares id of task with id of item"],
    [
      "an id and a number",
      withGuard(equal(lock.value, constant(1))),
      "compares id of task with the number 1",
    ],
    [
      "a number as condition",
      withGuard(and(flag.value, add(constant(1), uses.at(item).value))),
      "must be boolean, not integer",
    ],
    ["unbound name", withGuard(bound("who")), "'who' is not bound here"],
    [
      "unknown set",
      withGuard(some("each", idOf("page"), () => flag.value)),
      "unknown set 'page' (known: item, task)",
    ],
    ["another's shared variable", withGuard(lock.of(SELF).is("none")), "'lock' is shared: it is no task's"],
    ["unknown location", withTransition({ to: "nowhere" }), "unknown location 'nowhere' (known: start, end)"],
    [
      "wrong value",
      withTransition({ updates: [{ variable: "phase", value: SELF }] }),
      "'phase' is one of idle, busy and is set to id of task",
    ],
    [
      "value outside an enum",
      withTransition({ updates: [{ variable: "phase", value: constant(2) }] }),
      "is set to the number 2",
    ],
    ["weight", withTransition({ weight: 2 as 1 }), "the weight 2 is neither 0 nor 1"],
    [
      "initial value",
      withVariable({ ...phase.variable, name: "more", initial: [2] }),
      "variable 'more': the initial value 2 is not in idle..busy",
    ],
    [
      "no initial value",
      withVariable({ ...phase.variable, name: "more", initial: [] }),
      "there is no initial value",
    ],
    [
      "empty range",
      withVariable({ ...shared("more", range(3, 1)).variable, initial: [3] }),
      "the domain 3..1 has no values",
    ],
    ["two variables of a name", withVariable(lock.variable), "there are two variables named 'lock'"],
    [
      "unknown program",
      { ...sound, tasks: [{ program: "play", count: 1 }] },
      "unknown program 'play' (known: work)",
    ],
    ["the set task", { ...sound, sets: { item: 2, task: 3 } }, "'task' is the set of the model's tasks"],
    [
      "self of a whole state",
      { ...sound, invariants: [{ kind: "always", property: "p", message: "", condition: lock.is(SELF) }] },
      "property 'p': 'self' stands where no task acts",
    ],
    [
      "a task's variable of a whole state",
      { ...sound, invariants: [{ kind: "always", property: "p", message: "", condition: flag.value }] },
      "'flag' is a task's, and no task acts here",
    ],
  ];
  test.each(cases)("%s", (_, model, message) => {
    expect(validate(model).join("\n")).toContain(message);
  });

  test("the place of a transition is its program, label and source", () => {
    const model = withTransition({ to: "nowhere", source: { file: "a.c", line: 7 } });
    expect(validate(model)).toEqual([
      "program 'work', 'go' from 'start' to 'nowhere' (a.c:7): unknown location 'nowhere' (known: start, end)",
    ]);
  });
});

test("all errors are thrown at once", () => {
  const model = { ...withTransition({ from: "here", to: "there" }), tasks: [{ program: "play", count: 1 }] };
  expect(() => assertValid(model)).toThrow(/model 'sound' is not valid:.*play.*here.*there/s);
});
