import { apply, enabledMoves, initialStates, type State } from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Choose, Draw } from "./choose.ts";
import type { Coverage } from "./coverage.ts";
import type { Judge } from "./judge.ts";

/** What walks leave behind. */
export interface Notes {
  readonly coverage: Coverage;
  /** The first run that violates each property. */
  readonly violations: Map<string, Run>;
  visit(state: State): void;
}

export interface Walker {
  readonly model: Model;
  readonly judge: Judge;
  readonly choose: Choose;
  readonly draw: Draw;
  readonly maxSteps: number;
}

/**
 * Walks from an initial state until nothing goes on or nothing is left to find, or for so many steps;
 * returns how many it took.
 */
export function walk({ model, judge, choose, draw, maxSteps }: Walker, notes: Notes): number {
  const starts = initialStates(model);
  const initial = draw(starts.length);
  const moves: Move[] = [];
  let state = starts[initial];
  const found = (properties: readonly string[]) => {
    for (const property of properties) {
      if (!notes.violations.has(property)) notes.violations.set(property, { initial, moves: [...moves] });
    }
  };
  const { properties } = judge;
  const settled = () => properties.length > 0 && properties.every((each) => notes.violations.has(each));
  while (state && moves.length < maxSteps && !settled()) {
    notes.visit(state);
    found(judge.ofState(state));
    const able = enabledMoves(model, state);
    const move = choose(able, notes.coverage, draw);
    if (!move) {
      found(judge.ofDeadEnd(state));
      break;
    }
    moves.push(move);
    notes.coverage.note(move);
    found(judge.ofMove(state, move));
    const step = apply(model, state, move);
    if (step.kind === "ended") break;
    state = step.state;
  }
  return moves.length;
}
