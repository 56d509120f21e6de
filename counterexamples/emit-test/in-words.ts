import {
  apply,
  enabledMoves,
  initialStates,
  type State,
  transitionOf,
} from "../../checker/interpret/interpret.ts";
import type { Move } from "../../checker/result.ts";
import { InputError } from "../../model/input-error.ts";
import type { Model } from "../../model/ir/model.ts";
import type { Replay } from "../replay.ts";
import { moveFor } from "../shrink/script.ts";
import type { Subject } from "../subject.ts";
import { execute } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";

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
    const move = moveIn(model, state, step, moves.length + 1);
    const taken = apply(model, state, move);
    moves.push(move);
    state = taken.kind === "successor" ? taken.state : undefined;
  }
  const message = violationAtEnd(model, execute(model, { initial, moves }), property);
  return message === undefined ? { violated: false } : { violated: true, message };
}

function moveIn(model: Model, state: State, { task, step, choice }: StepInWords, number: number) {
  const intent = { task, label: step, transition: -1, ...(choice !== undefined && { choice }) };
  const move = moveFor(model, state, intent);
  if (move && (choice === undefined || move.choice === choice)) return move;
  const able = enabledMoves(model, state).filter((each) => each.task === task);
  const labels = [...new Set(able.map((each) => transitionOf(model, each).label))];
  const valid = labels.length === 0 ? "none" : labels.join(" | ");
  throw new InputError(`step ${number}: task ${task} cannot do '${step}' (valid: ${valid})`);
}
