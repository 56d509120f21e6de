import type { Invariant, Model } from "../../model/ir/model.ts";
import { evaluate } from "../interpret/evaluate.ts";
import { ModelError } from "../interpret/model-error.ts";
import { indexOf, programOf, required } from "../interpret/model-index.ts";
import type { State } from "../interpret/state.ts";
import { assertionHolds, fire, isEnabled, movesFrom, type Step } from "../interpret/successors.ts";
import type { Problem } from "../problem.ts";
import type { Move } from "../result.ts";
import { pack, unpack } from "../store/packing.ts";
import type { BackEnd } from "./back-end.ts";
import { raiseFault } from "./fault.ts";
import { type Expander, type Sink, storedEngine } from "./stored-engine.ts";

/** The reference semantics as a back end: slow, and right by definition. */
export const interpretBackEnd: BackEnd = {
  name: "interpret",
  start: (problem, { memory }) => storedEngine("interpret", problem, expanderOf(problem), memory),
};

const expanderOf =
  (problem: Problem): Expander =>
  (words, sink) => {
    if (expandState(problem, unpack(problem.model, problem.layout, words), sink)) raiseFault();
  };

/** What is wrong with a model in a state. */
export interface ModelFault {
  readonly message: string;
  /** The move that cannot be taken, or asked for, there. */
  readonly move?: Move;
  /** Whose condition cannot be judged there. */
  readonly property?: string;
}

/**
 * Judges a state and takes its moves by the reference semantics, up to the first fault. Every back end does so in
 * this order: what is judged of states, then task by task what is judged of those at its location, and its moves.
 */
export function expandState(problem: Problem, state: State, sink: Sink): ModelFault | undefined {
  const expansion = new Expansion(problem, state, sink);
  try {
    expansion.run();
  } catch (error) {
    if (error instanceof ModelError) return { message: faultText(error, expansion), ...expansion.subject };
    throw error;
  }
  return undefined;
}

const faultText = ({ message }: ModelError, { subject: { property } }: Expansion): string =>
  property === undefined ? message : `${message}, where '${property}' is judged`;

class Expansion {
  /** What is being evaluated. */
  subject: Omit<ModelFault, "message"> = {};
  private readonly problem: Problem;
  private readonly state: State;
  private readonly sink: Sink;
  private stuck = true;

  constructor(problem: Problem, state: State, sink: Sink) {
    this.problem = problem;
    this.state = state;
    this.sink = sink;
  }

  run(): void {
    const { model } = this.problem;
    const { state } = this;
    this.judge(
      (each) => (each.kind === "always" || each.kind === "sometimes") && concerns(model, each, state, 1),
    );
    for (const [position, { location }] of state.tasks.entries()) this.runTask(position + 1, location);
    this.judge((each) => each.kind === "no-deadlock" && concerns(model, each, state, this.stuck ? 0 : 1));
  }

  private runTask(self: number, location: string): void {
    const { model } = this.problem;
    const { state } = this;
    const { name } = programOf(indexOf(model), self);
    this.judge(
      (each) =>
        each.kind === "location" &&
        each.program === name &&
        each.location === location &&
        evaluate(each.condition, { model, state, self }) === 0,
    );
    for (const move of movesFrom(model, state, self)) this.runMove(move);
  }

  private runMove(move: Move): void {
    const { model, checks, transitions } = this.problem;
    this.subject = { move };
    if (!isEnabled(model, this.state, move)) return;
    this.stuck = false;
    const number = numberOf(this.problem, move);
    for (const each of required(transitions[number], "no such move").checks) {
      const check = checks[each];
      if (check?.kind !== "assertion") continue;
      this.subject = { move, property: check.property };
      if (!assertionHolds(model, this.state, move, check.assertion)) this.sink.seen(each);
    }
    this.subject = { move };
    deliver(this.problem, fire(model, this.state, move), this.sink);
  }

  private judge(isSeen: (invariant: Invariant) => boolean): void {
    this.problem.checks.forEach((check, number) => {
      if (check.kind !== "invariant") return;
      this.subject = { property: check.property };
      if (isSeen(check.invariant)) this.sink.seen(number);
    });
  }
}

const UNHEARD: Sink = { seen: () => {}, ended: () => {}, successor: () => {} };

/** What is wrong in a state; undefined where nothing is. */
export function faultIn(problem: Problem, state: State): ModelFault | undefined {
  return expandState(problem, state, UNHEARD);
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
