import {
  apply,
  enabledMoves,
  initialStates,
  type State,
  unlessWrong,
} from "../../checker/interpret/interpret.ts";
import type { FoundFault, Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Choose, Draw } from "./choose.ts";
import type { Coverage } from "./coverage.ts";
import type { Judge } from "./judge.ts";

/** What walks leave behind. */
export interface Notes {
  readonly coverage: Coverage;
  /** The first run that violates each property. */
  readonly violations: Map<string, Run>;
  /** Where walks found the model wrong. */
  readonly faults: FoundFault[];
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
  const next = (here: State): State | undefined => {
    notes.visit(here);
    found(judge.ofState(here));
    const move = choose(enabledMoves(model, here), notes.coverage, draw);
    if (!move) {
      found(judge.ofDeadEnd(here));
      return undefined;
    }
    moves.push(move);
    notes.coverage.note(move);
    found(judge.ofMove(here, move));
    const step = apply(model, here, move);
    return step.kind === "ended" ? undefined : step.state;
  };
  while (state && moves.length < maxSteps && !settled()) {
    const here: State = state;
    const run = { initial, moves: [...moves] };
    const taken = unlessWrong(() => ({ state: next(here) }));
    if (!taken) notes.faults.push(judge.faultAfter(run, here));
    state = taken?.state;
  }
  return moves.length;
}
