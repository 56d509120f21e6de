import { describe, expect, test } from "vitest";
import { search } from "../../checker/search/search.ts";
import type { SearchOptions } from "../../checker/search-options.ts";
import { all, bound, constant, type Expression, less, or } from "../../model/ir/expression.ts";
import type { Invariant, Model, Transition } from "../../model/ir/model.ts";
import { idOf, local, range, shared, sharedArray } from "../../model/ir/place.ts";
import { emitTest } from "../emit-test/emit-test.ts";
import { replayInWords } from "../emit-test/in-words.ts";
import { explained } from "../explain/explain.ts";
import { exploreRandomly } from "../random/explore-randomly.ts";
import { renderText } from "../render/text.ts";
import { replay } from "../replay.ts";
import { modelSubject } from "../subject.ts";
import { runOf, traceOf } from "./build.ts";
import { readTrace } from "./read.ts";

const n = shared("n", range(0, 3));
const list = sharedArray("list", range(0, 2), range(0, 9));
const item = local("item", idOf("item"));
const uses = sharedArray("uses", idOf("item"), range(0, 9));
const VARIABLES = [n, list, item, uses].map(({ variable }) => variable);

const counts: Partial<Transition> = { label: "n++", guard: n.lessThan(3), updates: [n.increment()] };
const always = (property: string, condition: Expression): Invariant => ({
  kind: "always",
  property,
  message: `${property} fails`,
  condition,
});
const located = (condition: Expression): Invariant => ({
  kind: "location",
  property: "located",
  message: "located fails",
  program: "p",
  location: "s",
  condition,
});
const SAFE = always("safe", less(n.value, constant(4)));

/** Counts to three, and does the rest all the while. */
function counting(steps: readonly Partial<Transition>[], invariants: readonly Invariant[] = [SAFE]): Model {
  const step: Transition = { from: "s", to: "s", label: "step", updates: [], weight: 0 };
  return {
    name: "m",
    sets: { item: 2 },
    variables: VARIABLES,
    programs: [
      {
        name: "p",
        start: "s",
        locations: [{ name: "s", end: true }],
        transitions: [counts, ...steps].map((each) => ({ ...step, ...each })),
      },
    ],
    tasks: [{ program: "p", count: 2 }],
    invariants,
  };
}

const index = (value: Expression): Expression => ({ kind: "element", name: "list", index: value });
const zero = (value: Expression): Expression => less(value, constant(1));
const two = constant(2);

/** What is wrong, after how many steps, and what is said of it. */
const FAULTS: readonly (readonly [string, Model, number, string])[] = [
  [
    "an update leaves its domain",
    counting([{ ...counts, guard: less(two, n.value) }]),
    4,
    "'n++' sets n to 4, outside",
  ],
  [
    "an update goes below its domain",
    counting([{ label: "drop", guard: n.is(2), updates: [list.at(0).set(n.minus(3))] }]),
    3,
    "'drop' sets list to -1, outside its domain (valid: 0..9)",
  ],
  [
    "a guard reads what is no element",
    counting([{ label: "peek", guard: zero(index(n.value)) }]),
    4,
    "list[3]: no such element (valid: 0..2), in 'peek'",
  ],
  [
    "an update writes to what is no element",
    counting([{ label: "put", guard: less(two, n.value), updates: [list.at(n).set(1)] }]),
    4,
    "list[3]: no such element (valid: 0..2), in 'put'",
  ],
  [
    "a value reads what is no element",
    counting([{ label: "get", guard: n.is(3), updates: [list.at(0).set(index(n.value))] }]),
    4,
    "list[3]: no such element",
  ],
  [
    "none indexes an array",
    counting([{ label: "use", guard: n.is(1), updates: [uses.at(item).increment()] }]),
    2,
    "uses[none]: no such element (valid: 1..2), in 'use'",
  ],
  [
    "a choice leads out",
    counting([
      {
        label: "choose",
        guard: n.is(1),
        choice: { name: "c", domain: range(1, 3) },
        updates: [list.at(bound("c")).set(1)],
      },
    ]),
    2,
    "list[3]: no such element",
  ],
  [
    "two writes meet",
    counting([{ label: "both", guard: n.lessThan(3), updates: [list.at(n).set(1), list.at(two).set(2)] }]),
    3,
    "'both' sets list[2] twice",
  ],
  [
    "an assertion cannot be judged",
    counting([
      {
        label: "check",
        guard: less(two, n.value),
        assertions: [{ property: "asserted", message: "no", condition: zero(index(n.value)) }],
      },
    ]),
    4,
    "list[3]: no such element (valid: 0..2), in 'check', where 'asserted' is judged",
  ],
  [
    "an invariant cannot be judged",
    counting([], [SAFE, always("judged", zero(index(n.value)))]),
    3,
    "list[3]: no such element (valid: 0..2), where 'judged' is judged",
  ],
  [
    "an invariant of a location cannot be judged",
    counting([], [located(zero(index(n.value)))]),
    3,
    "where 'located' is judged",
  ],
  [
    "a quantifier comes to what is no element",
    counting(
      [],
      [
        always(
          "all",
          all("i", range(0, 3), (i) => or(less(n.value, i), zero(index(i)))),
        ),
      ],
    ),
    3,
    "list[3]: no such element",
  ],
];

const MODES: readonly (readonly [string, SearchOptions])[] = [
  ["reduced", {}],
  ["interpret", { backEnd: "interpret" }],
  ["table", { backEnd: "table", reduce: false }],
  ["packed-js", { backEnd: "packed-js" }],
  ["wasm", { backEnd: "wasm" }],
  ["workers", { workers: 2 }],
  ["hashes", { hashCompact: true, reduce: false }],
  ["reduced hashes", { hashCompact: true }],
];

describe.each(FAULTS)("where %s", (_, model, steps, message) => {
  const subject = modelSubject("m.ts", model);

  test.each(MODES)("a search ends in an error with the shortest run to it: %s", (_name, options) => {
    const { properties, fault, bounds } = search(model, options);
    expect(fault?.message).toContain(message);
    expect(properties.map(({ verdict }) => verdict)).toEqual(properties.map(() => "error"));
    const shown = properties.filter(({ run }) => run);
    expect(shown.length).toBeGreaterThan(0);
    for (const each of shown)
      expect(each).toMatchObject({ message: fault?.message, run: { moves: { length: steps } } });
    expect(bounds.filter(({ kind }) => kind !== "omission")).toEqual([]);
  });

  test("random walks find it too", async () => {
    const { properties } = await exploreRandomly(model, { seed: 3 });
    expect(properties.map(({ verdict }) => verdict)).toEqual(properties.map(() => "error"));
    const shown = properties.find(({ run }) => run);
    expect(shown?.message).toContain(message);
    const trace = traceOf(subject, shown?.property ?? "", shown?.run ?? { initial: 0, moves: [] }, false);
    expect(trace.verdict).toBe("error");
  });

  test("the trace is told, read again, replayed and emitted as a test", () => {
    const { properties, fault } = search(model);
    const { property = "", run = { initial: 0, moves: [] } } = properties.find((each) => each.run) ?? {};
    const trace = explained(subject, traceOf(subject, property, run, true));
    expect(trace).toMatchObject({ verdict: "error", message: fault?.message, steps: { length: steps } });
    expect(renderText(trace)).toContain(`${property} cannot be judged: ${fault?.message}`);
    expect(renderText(trace)).toContain("<-- ERROR");
    const again = readTrace(JSON.stringify(trace), "t.json");
    expect(runOf(again)).toEqual(run);
    const replayed = { violated: false, error: true, message: fault?.message };
    expect(replay(subject, again)).toEqual(replayed);
    const words = trace.steps.map(({ task, label, choice }) => ({
      task,
      step: label,
      ...(choice !== undefined && { choice }),
    }));
    expect(replayInWords(subject, property, words)).toEqual(replayed);
    const emitted = emitTest(trace, { kind: "model", module: "./m.ts" });
    expect(emitted).toContain(JSON.stringify(replayed));
  });
});

test("what was violated before stays violated", () => {
  const model = counting(
    [{ ...counts, guard: less(two, n.value) }],
    [SAFE, always("small", less(n.value, constant(2)))],
  );
  for (const [, options] of MODES) {
    expect(search(model, options).properties).toMatchObject([
      { property: "safe", verdict: "error" },
      { property: "small", verdict: "violated", run: { moves: { length: 2 } } },
    ]);
  }
});

test("what is not judged cannot be wrong", () => {
  const model = counting([], [SAFE, always("judged", zero(index(n.value)))]);
  for (const [, options] of MODES) {
    const [found, ...others] = search(model, { ...options, only: ["safe"] }).properties;
    expect(others).toEqual([]);
    expect(found?.verdict).toMatch(/^holds/);
  }
});
