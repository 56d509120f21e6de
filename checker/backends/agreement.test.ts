import fc from "fast-check";
import { expect, test } from "vitest";
import type { Model } from "../../model/ir/model.ts";
import { wideExpressions } from "../../model/ir/wide-expressions.ts";
import { initialStates } from "../interpret/initial-states.ts";
import { ModelError } from "../interpret/model-error.ts";
import type { State } from "../interpret/state.ts";
import { apply, failedAssertions } from "../interpret/successors.ts";
import { problemOf } from "../problem.ts";
import type { PropertyResult, Run, SearchResult } from "../result.ts";
import { explore } from "../search/explore.ts";
import { search } from "../search/search.ts";
import type { BackEndName } from "../search-options.ts";
import { randomModels } from "../testing/random/random-model.ts";
import { concerns, faultIn } from "./interpret.ts";

const { HOLDFAST_RANDOM_MODELS: wanted = "500" } = process.env;
const RUNS = Number(wanted);
const MILLISECONDS = 600_000 + RUNS * 1000;
/** States beyond which a model is left: most have fewer. */
const MOST = 600;
const COMPILED: readonly BackEndName[] = ["table", "packed-js", "wasm"];

test(
  `the back ends agree with the interpreter on ${RUNS} random models`,
  () => {
    let [wide, narrow, holding] = [0, 0, 0];
    fc.assert(
      fc.property(randomModels(), (model) => {
        const expected = outcome(model, "interpret");
        for (const backEnd of compiledFor(model))
          expect(comparable(outcome(model, backEnd))).toEqual(comparable(expected));
        if (holds(expected)) holding++;
        if (wideExpressions(model).length > 0) wide++;
        else if (namesEdges(model)) narrow++;
      }),
      { numRuns: RUNS },
    );
    expect(holding).toBeGreaterThanOrEqual(RUNS * 0.3);
    expect(wide).toBeGreaterThan(RUNS / 100);
    expect(narrow).toBeGreaterThan(RUNS / 100);
  },
  MILLISECONDS,
);

test(
  "the back ends reach the same states in the same order",
  () => {
    fc.assert(
      fc.property(randomModels(), (model) => {
        const expected = statesOf(model, "interpret");
        for (const backEnd of compiledFor(model)) expect(statesOf(model, backEnd)).toEqual(expected);
      }),
      { numRuns: RUNS / 10 },
    );
  },
  MILLISECONDS,
);

test(
  "every run replays to what it shows",
  () => {
    let replayed = 0;
    fc.assert(
      fc.property(randomModels(), (model) => {
        const { properties } = outcome(model, "packed-js");
        for (const each of properties) if (each.run) replayed += replays(model, each);
      }),
      { numRuns: RUNS / 2 },
    );
    expect(replayed).toBeGreaterThan(RUNS / 20);
  },
  MILLISECONDS,
);

/** WebAssembly computes in 32 bits, and refuses what needs more. */
function compiledFor(model: Model): readonly BackEndName[] {
  if (wideExpressions(model).length === 0) return COMPILED;
  expect(() => search(model, { backEnd: "wasm", reduce: false })).toThrow("WebAssembly computes in 32 bits");
  return COMPILED.filter((each) => each !== "wasm");
}

/** Whether a constant stands near an end of what 32 bits hold. */
const namesEdges = (model: Model): boolean => /"value":-?21474836\d\d/.test(JSON.stringify(model));

/** Whether all that a model is judged by was shown to hold. */
const holds = (found: Outcome): boolean =>
  found.properties.length > 0 && found.properties.every(({ verdict }) => verdict === "holds");

type Outcome = Pick<SearchResult, "properties" | "fault">;

function outcome(model: Model, backEnd: BackEndName): Outcome {
  const { backEnd: _, ...rest } = search(model, { backEnd, maxStates: MOST, reduce: false });
  // What is stored, and how much, when a fault is met differs: states are expanded one by one, or in batches.
  return rest.fault ? { fault: rest.fault, properties: rest.properties } : rest;
}

/** Of several shortest runs to a fault each back end may show another; that they replay is held apart. */
function comparable(found: Outcome): unknown {
  if (!found.fault) return found;
  const withLength = (key: string, value: unknown): unknown =>
    key === "moves" && Array.isArray(value) ? value.length : value;
  return JSON.parse(JSON.stringify(found, withLength));
}

function statesOf(model: Model, backEnd: BackEndName): readonly string[] {
  const states: string[] = [];
  try {
    explore(model, (state) => states.push(JSON.stringify(state)), { backEnd, maxStates: MOST });
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
  }
  return states;
}

/** 1 where the run ends in what the property's verdict says. */
function replays(model: Model, { property, run, message, verdict }: PropertyResult): number {
  const initial = initialStates(model)[run?.initial ?? -1];
  if (!run || !initial) throw new Error("no such initial state");
  if (verdict === "error") return replaysToFault(model, run, message);
  let state: State = initial;
  let failed: readonly string[] = [];
  for (const [at, move] of run.moves.entries()) {
    failed = failedAssertions(model, state, move).map((each) => each.message);
    // An assertion is judged before its step, which may be one that the model gets wrong.
    if (at === run.moves.length - 1 && failed.includes(message ?? "")) return 1;
    const step = apply(model, state, move);
    if (step.kind === "successor") state = step.state;
  }
  const invariants = problemOf(model).checks.flatMap((check) =>
    check.kind === "invariant" && check.property === property ? [check.invariant] : [],
  );
  const shown = invariants.some((each) => concerns(model, each, state, 0)) || failed.includes(message ?? "");
  expect(shown, `${property} ${verdict}`).toBe(true);
  return 1;
}

/** 1 where the interpreter finds what is wrong at the end of the run: in its last move, or in the state behind it. */
function replaysToFault(model: Model, { initial, moves }: Run, message: string | undefined): number {
  const problem = problemOf(model);
  let state = initialStates(model)[initial];
  for (const [position, move] of moves.entries()) {
    const fault = state && faultIn(problem, state);
    if (fault) {
      expect([fault.message, fault.move, position]).toEqual([message, move, moves.length - 1]);
      return 1;
    }
    const step = state && apply(model, state, move);
    state = step?.kind === "successor" ? step.state : undefined;
  }
  expect(state && faultIn(problem, state)).toMatchObject({ message });
  return 1;
}
