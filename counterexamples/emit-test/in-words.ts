import {
  apply,
  enabledMovesOf,
  initialStates,
  movesFrom,
  type State,
  transitionOf,
  unlessWrong,
} from "../../checker/interpret/interpret.ts";
import type { Move } from "../../checker/result.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import { type Replay, replayOf } from "../replay.ts";
import type { Subject } from "../subject.ts";
import { execute } from "../trace/execution.ts";
import { endingOf } from "../trace/violation.ts";

/** A step told in words alone, so that it outlives changes of the model that do not concern it. */
export interface StepInWords {
  readonly task: number;
  /** The step's label. */
  readonly step: string;
  /** The value of its choice, where it has one. */
  readonly choice?: number;
}

/**
 * Takes the steps one after another on a subject, whatever its digest, and says whether the property is
 * violated at the end.
 * @throws InputError that names the first step which the subject does not allow, and what it allows there.
 */
export function replayInWords(
  subject: Subject,
  property: string,
  steps: readonly StepInWords[],
  initial = 0,
): Replay {
  const model = subject.judgedBy([property]);
  const moves: Move[] = [];
  let state = initialStates(model)[initial];
  for (const step of steps) {
    if (!state) throw new InputError(`step ${moves.length + 1}: the path has ended before`);
    const before = state;
    const move = moveIn(model, before, step, moves.length + 1);
    moves.push(move);
    const taken = unlessWrong(() => apply(model, before, move));
    state = taken?.kind === "successor" ? taken.state : undefined;
  }
  return replayOf(endingOf(model, execute(model, { initial, moves }), property));
}

function moveIn(model: Model, state: State, { task, step, choice }: StepInWords, number: number): Move {
  const able = task <= state.tasks.length ? movesOf(model, state, task) : [];
  const label = (move: Move) => transitionOf(model, move).label;
  const found = able.find((move) => label(move) === step && (choice === undefined || move.choice === choice));
  if (found) return found;
  const valid = [...new Set(able.map(label))].join(" | ") || "none";
  throw new InputError(`step ${number}: task ${task} cannot do '${step}' (valid: ${valid})`);
}

/** The moves that a task has; all from where it stands, where a guard cannot be read, as a step may show just that. */
function movesOf(model: Model, state: State, task: number): readonly Move[] {
  return unlessWrong(() => enabledMovesOf(model, state, task)) ?? movesFrom(model, state, task);
}
