import type { Assertion, Invariant, Model } from "../../model/ir/model.ts";
import { evaluate } from "../interpret/evaluate.ts";
import { indexOf, programOf, required } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { enabledMoves, failedAssertions, type Step, successors } from "../interpret/successors.ts";
import type { Problem } from "../problem.ts";
import type { Move } from "../result.ts";
import { pack, unpack } from "../store/packing.ts";
import type { BackEnd } from "./back-end.ts";
import { type Sink, storedEngine } from "./stored-engine.ts";

/** The reference semantics as a back end: slow, and right by definition. Throws ModelErrors itself. */
export const interpretBackEnd: BackEnd = {
  name: "interpret",
  start: (problem, { memory }) =>
    storedEngine("interpret", problem, (words, sink) => expand(problem, words, sink), memory),
};

function expand(problem: Problem, words: Uint32Array, sink: Sink): void {
  const { model, layout } = problem;
  const state = unpack(model, layout, words);
  const steps = successors(model, state);
  judgeState(problem, state, steps.length, sink);
  for (const step of steps) {
    judgeMove(problem, state, step.move, sink);
    deliver(problem, step, sink);
  }
}

function judgeState({ model, checks }: Problem, state: State, steps: number, sink: Sink): void {
  checks.forEach((check, number) => {
    if (check.kind === "invariant" && concerns(model, check.invariant, state, steps)) sink.seen(number);
  });
}

/** Whether the state is at fault for the invariant, or satisfies it where it is a witness that is sought. */
export function concerns(model: Model, invariant: Invariant, state: State, steps: number): boolean {
  switch (invariant.kind) {
    case "always":
      return evaluate(invariant.condition, { model, state }) === 0;
    case "sometimes":
      return evaluate(invariant.condition, { model, state }) !== 0;
    case "location":
      return tasksAt(model, invariant, state).some(
        (self) => evaluate(invariant.condition, { model, state, self }) === 0,
      );
    case "no-deadlock":
      return steps === 0 && !restsForEver(model, state);
  }
}

function tasksAt(model: Model, invariant: Invariant & { kind: "location" }, state: State): readonly number[] {
  const { programs } = indexOf(model);
  return state.tasks.flatMap(({ location }, position) =>
    location === invariant.location && programs[position]?.name === invariant.program ? [position + 1] : [],
  );
}

function restsForEver(model: Model, state: State): boolean {
  return state.tasks.every(({ location }, position) => {
    const { locations } = programOf(indexOf(model), position + 1);
    return locations.find(({ name }) => name === location)?.end === true;
  });
}

function judgeMove(problem: Problem, state: State, move: Move, sink: Sink): void {
  const { model } = problem;
  const failed: ReadonlySet<Assertion> = new Set(failedAssertions(model, state, move));
  for (const number of required(problem.transitions[numberOf(problem, move)], "no such move").checks) {
    const check = problem.checks[number];
    if (check?.kind === "assertion" && failed.has(check.assertion)) sink.seen(number);
  }
}

function deliver(problem: Problem, step: Step, sink: Sink): void {
  const number = numberOf(problem, step.move);
  if (step.kind === "ended") {
    const { variable, limit } = step.margin;
    sink.ended(
      number,
      problem.margins.findIndex((each) => each.variable === variable && each.limit === limit),
    );
    return;
  }
  const words = new Uint32Array(problem.layout.words);
  pack(problem.model, problem.layout, step.state, words);
  sink.successor(words, number);
}

/** A move's transition among those of all programs. */
export function numberOf(problem: Problem, { task, transition }: Move): number {
  const program = programOf(indexOf(problem.model), task);
  return problem.transitions.findIndex((each) => each.program === program) + transition;
}

/** Throws the ModelError that a compiled back end ran into in this state. */
export function throwFault(problem: Problem, words: Uint32Array): never {
  const { model, layout, checks } = problem;
  const state = unpack(model, layout, words);
  for (const move of enabledMoves(model, state)) failedAssertions(model, state, move);
  const steps = successors(model, state).length;
  for (const check of checks) {
    if (check.kind === "invariant") concerns(model, check.invariant, state, steps);
  }
  throw new Error(`model '${model.name}': a back end found a fault that the interpreter does not`);
}
