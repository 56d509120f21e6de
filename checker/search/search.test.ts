import { describe, expect, test } from "vitest";
import { add, constant, equal, FALSE, less, not } from "../../model/ir/expression.ts";
import type { Invariant, Model, Transition } from "../../model/ir/model.ts";
import { local, range, shared } from "../../model/ir/place.ts";
import { BACK_ENDS, type SearchOptions } from "../search-options.ts";
import { brokenPtlProtocol, ptlProtocol } from "../testing/ptl-protocol.ts";
import { search } from "./search.ts";

const count = shared("count", range(0, 9));
const depth = local("depth", range(-1, 1, "end-path"));

function modelOf(transitions: readonly Partial<Transition>[], ...invariants: readonly Invariant[]): Model {
  return {
    name: "counter",
    sets: {},
    variables: [count.variable, depth.variable],
    programs: [
      {
        name: "work",
        start: "a",
        locations: [{ name: "a" }, { name: "b" }, { name: "c", end: true }],
        transitions: transitions.map((each) => ({
          from: "a",
          to: "a",
          label: "step",
          weight: 0,
          updates: [],
          ...each,
        })),
      },
    ],
    tasks: [{ program: "work", count: 1 }],
    invariants,
  };
}

const upTo = (limit: number) => ({ label: "up", guard: count.lessThan(limit), updates: [count.increment()] });
const stays = (limit: number): Invariant => ({
  kind: "always",
  property: "small",
  message: "count is too great",
  condition: less(count.value, constant(limit)),
});

describe.each(BACK_ENDS)("with the back end %s", (backEnd) => {
  const full = (model: Model, options: SearchOptions = {}) =>
    search(model, { backEnd, reduce: false, ...options });

  test("counts the protocol's states", () => {
    const result = full(ptlProtocol({ tasks: 2, ptes: 2, folios: 2 }));
    expect(result.states).toBe(3_682);
    expect(result.transitions).toBe(8_704);
    expect(result.properties.map(({ verdict }) => verdict)).toEqual(["holds", "holds"]);
    expect(result.unreached).toEqual([]);
  });

  test("knows a state of zeros from no state", () => {
    const from = { ...count.variable, initial: [3] };
    const down = { label: "down", guard: not(count.is(0)), updates: [count.decrement()] };
    const { states, transitions } = full({ ...modelOf([down]), variables: [from] });
    expect({ states, transitions }).toEqual({ states: 4, transitions: 3 });
  });

  test("finds the shortest, least adverse run to a planted bug", () => {
    const { properties } = full(brokenPtlProtocol({ tasks: 2, ptes: 1, folios: 1 }));
    const broken = properties.find(({ property }) => property === "protocol");
    expect(broken).toMatchObject({ verdict: "violated", message: "wrong at split_ok" });
    expect(broken?.run?.moves).toHaveLength(9);
  });

  test("judges each property by itself, and ends when all are violated", () => {
    const late: Invariant = { ...stays(4), property: "late" };
    const result = full(modelOf([upTo(9)], stays(2), late));
    expect(result.properties.map(({ property, run }) => [property, run?.moves.length])).toEqual([
      ["small", 2],
      ["late", 4],
    ]);
    expect(result.states).toBe(6);
  });

  test("prefers the run with fewest adverse choices among the shortest", () => {
    const twice = [
      { from: "a", to: "b", label: "bad luck", weight: 1 as const, updates: [count.set(1)] },
      { from: "a", to: "b", label: "plain", updates: [count.set(1)] },
      { from: "b", to: "b", label: "on", updates: [count.set(2)] },
    ];
    const { properties } = full(modelOf(twice, stays(2)));
    expect(properties[0]?.run?.moves.map(({ transition }) => transition)).toEqual([1, 2]);
  });

  test("counts a failing assertion's own step, and prefers an equally long milder run", () => {
    const assertions = [{ property: "small", condition: FALSE, message: "asserted" }];
    const steps = [
      { from: "a", to: "b", label: "adverse", weight: 1 as const },
      { from: "b", to: "b", label: "asserts", assertions },
      { from: "a", to: "a", label: "up", guard: count.lessThan(2), updates: [count.increment()] },
    ];
    const { properties } = full(modelOf(steps, stays(2)));
    expect(properties[0]?.run?.moves.map(({ transition }) => transition)).toEqual([2, 2]);
  });

  test("holds within the bound that was hit", () => {
    const model = modelOf([upTo(9)], stays(10));
    const verdicts = (options: SearchOptions) => {
      const { bounds, properties } = full(model, options);
      return [properties[0]?.verdict, bounds[0]?.kind, bounds[0]?.detail];
    };
    expect(verdicts({})).toEqual(["holds", undefined, undefined]);
    expect(verdicts({ maxStates: 5 })).toEqual(["holds-within-bound", "states", "5 states"]);
    expect(verdicts({ maxDepth: 3 })).toEqual(["holds-within-bound", "depth", "3 steps"]);
    expect(verdicts({ maxTime: 0 })).toEqual(["holds-within-bound", "time", "0 s"]);
    expect(verdicts({ maxMemory: 0 })).toEqual(["holds-within-bound", "memory", "0 MiB"]);
  });

  test("is interrupted with what it has", () => {
    const result = full(modelOf([upTo(9)], stays(10)), { interrupted: () => true });
    expect(result).toMatchObject({ interrupted: true, states: 1, properties: [{ verdict: "interrupted" }] });
  });

  test("ends a path at a margin and says so", () => {
    const model = modelOf([{ label: "leave", updates: [depth.decrement()] }], {
      kind: "no-deadlock",
      property: "no-deadlock",
    });
    const { properties, bounds, states } = full(model);
    expect(properties[0]?.verdict).toBe("holds-within-bound");
    expect(bounds).toEqual([{ kind: "margin", detail: "depth at -1" }]);
    expect(states).toBe(2);
  });

  test("ends in an error, with the run to it, where an update leaves its domain", () => {
    const model = modelOf([{ label: "up", updates: [count.increment()] }], stays(10));
    const { properties, fault } = full(model);
    const message = "model 'counter': 'up' sets count to 10, outside its domain (valid: 0..9)";
    expect(properties).toMatchObject([{ verdict: "error", message, run: { moves: { length: 10 } } }]);
    expect(fault).toMatchObject({ message });
  });

  test("finds deadlocks, but not where all have ended", () => {
    const deadlock: Invariant = { kind: "no-deadlock", property: "no-deadlock" };
    const to = (target: string) => modelOf([{ from: "a", to: target }], deadlock);
    expect(full(to("c")).properties[0]).toMatchObject({ verdict: "holds" });
    expect(full(to("b")).properties[0]).toMatchObject({ verdict: "violated", run: { moves: [{ task: 1 }] } });
  });

  test("seeks witnesses: one that exists is shown, one that does not is a violation", () => {
    const sometimes = (value: number): Invariant => ({
      kind: "sometimes",
      property: `reaches ${value}`,
      message: `never ${value}`,
      condition: equal(count.value, constant(value)),
    });
    const { properties } = full(modelOf([upTo(3)], sometimes(2), sometimes(4)));
    expect(properties).toMatchObject([
      { verdict: "holds", run: { moves: [{}, {}] } },
      { verdict: "violated", message: "never 4" },
    ]);
    expect(properties[1]?.run).toBeUndefined();
  });

  test("names what was never evaluated and never reached", () => {
    const steps = [
      upTo(2),
      { from: "a", to: "b", label: "never", guard: not(less(count.value, constant(5))) },
      {
        from: "b",
        to: "c",
        label: "asserts",
        assertions: [{ property: "asserted", condition: FALSE, message: "" }],
      },
    ];
    const here: Invariant = {
      kind: "location",
      property: "at-b",
      message: "",
      program: "work",
      location: "b",
      condition: FALSE,
    };
    const { properties, unreached } = full(
      modelOf(steps, here, { ...here, location: "a", property: "at-a" }),
    );
    expect(properties.map(({ property, evaluated, verdict }) => [property, evaluated, verdict])).toEqual([
      ["at-b", false, "holds"],
      ["at-a", true, "violated"],
      ["asserted", false, "holds"],
    ]);
    expect(unreached.map(({ label }) => label)).toEqual(["never", "asserts"]);
  });

  test("judges only what it is asked to, and refuses what there is not", () => {
    const model = modelOf([upTo(9)], stays(2), { ...stays(4), property: "late" });
    expect(full(model, { only: ["late"] }).properties.map(({ property }) => property)).toEqual(["late"]);
    expect(() => full(model, { only: ["other"] })).toThrow("has no property 'other' (valid: small, late)");
  });
});

test("an invalid model is refused", () => {
  const model = modelOf([{ to: "nowhere", updates: [count.set(add(count.value, constant(1)))] }]);
  expect(() => search(model)).toThrow("unknown location 'nowhere'");
});
