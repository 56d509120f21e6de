import { isEnabled, movesFrom, type State, transitionOf } from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";

/** What a task meant to do, in words that also fit the same model in another size. */
export interface Intent {
  readonly task: number;
  readonly label: string;
  /** Tells transitions of the same label apart. */
  readonly transition: number;
  readonly choice?: number;
}

/** A run as intents: it may be tried with some left out, or on another size of the model. */
export interface Script {
  readonly initial: number;
  readonly intents: readonly Intent[];
}

export function scriptOf(model: Model, { initial, moves }: Run): Script {
  return {
    initial,
    intents: moves.map((move) => ({ ...move, label: transitionOf(model, move).label })),
  };
}

/**
 * The move that does what was meant: of the same task and label; of those the same transition and choice
 * where it can, else the first. Undefined where the state allows none.
 */
export function moveFor(model: Model, state: State, intent: Intent): Move | undefined {
  if (intent.task > state.tasks.length) return undefined;
  const named = movesFrom(model, state, intent.task).filter(
    (move) => transitionOf(model, move).label === intent.label,
  );
  const able = named.filter((move) => isEnabled(model, state, move));
  const same = able.filter(({ transition }) => transition === intent.transition);
  return same.find(({ choice }) => choice === intent.choice) ?? same[0] ?? able[0];
}
