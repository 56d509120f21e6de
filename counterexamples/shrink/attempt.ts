import {
  apply,
  initialStates,
  type State,
  transitionOf,
  unlessWrong,
} from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import type { ExecutedStep } from "../trace/execution.ts";
import { violationAtEnd } from "../trace/violation.ts";
import { type Intent, moveFor, type Script } from "./script.ts";

/** A run that violates the property with its last move, and the states it passes, the initial one first. */
export interface Violation extends Run {
  readonly states: readonly State[];
}

/** A state on the way, and the moves that led there. */
interface Position {
  readonly states: readonly State[];
  readonly moves: readonly Move[];
}

/**
 * Tries a script: what the state does not allow is left out, and it ends at the first violation. Where the
 * script begins as `known` does, its states are taken from there. Undefined where nothing is violated.
 */
export function attempt(
  model: Model,
  property: string,
  script: Script,
  known?: Violation,
): Violation | undefined {
  // A path on which the model itself is wrong is none to show anything by.
  return unlessWrong(() => follow(model, property, script, known));
}

function follow(
  model: Model,
  property: string,
  { initial, intents }: Script,
  known: Violation | undefined,
): Violation | undefined {
  const start = known && known.initial === initial ? commonStart(known, intents) : undefined;
  const first = initialStates(model)[initial];
  if (!first) return undefined;
  const states: State[] = start ? [...start.states] : [first];
  const moves: Move[] = start ? [...start.moves] : [];
  if (moves.length === 0 && isViolated(model, property, first)) return { initial, moves, states };
  for (const intent of intents.slice(moves.length)) {
    const before = states.at(-1) ?? first;
    const move = moveFor(model, before, intent);
    if (!move) continue;
    const step = stepOf(model, before, move);
    moves.push(move);
    states.push(step.after ?? before);
    if (isViolated(model, property, step.after ?? before, step)) return { initial, moves, states };
    if (!step.after) return undefined;
  }
  return undefined;
}

/** As far as the script only repeats the known moves. */
function commonStart({ states, moves }: Violation, intents: readonly Intent[]): Position {
  const parts = moves.findIndex((move, at) => !isSame(move, intents[at]));
  const length = Math.max(0, parts < 0 ? moves.length - 1 : parts);
  return { moves: moves.slice(0, length), states: states.slice(0, length + 1) };
}

function isSame({ task, transition, choice }: Move, intent: Intent | undefined): boolean {
  return intent?.task === task && intent.transition === transition && intent.choice === choice;
}

function stepOf(model: Model, before: State, move: Move): ExecutedStep {
  const common = { move, transition: transitionOf(model, move), before };
  const step = apply(model, before, move);
  return step.kind === "successor"
    ? { ...common, after: step.state, patches: step.patches }
    : { ...common, patches: [] };
}

function isViolated(model: Model, property: string, final: State, last?: ExecutedStep): boolean {
  const execution = { initial: final, steps: last ? [last] : [], final };
  return violationAtEnd(model, execution, property) !== undefined;
}
