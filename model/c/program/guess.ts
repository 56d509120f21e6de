import { cond, type Expression, FALSE, not, or, TRUE } from "../../ir/expression.ts";
import type { Model, Update, Variable } from "../../ir/model.ts";

import type { Key } from "../calls/key.ts";
import type { BoundPlan } from "./binding.ts";

const NAME = "open condition of a callee";

/**
 * Whether a callee whose body is laid in the place of its call went on by a condition that may as well have been
 * otherwise: what it does then is no fact of this path.
 */
export const GUESSED: Variable = { name: NAME, domain: { kind: "bool" }, scope: "task", initial: [0] };

export const guessed: Expression = { kind: "variable", name: NAME };

/** Whether the model tells guesses. */
export const hasGuesses = ({ variables }: Pick<Model, "variables">): boolean => variables.includes(GUESSED);

export const tellsGuesses = ({ calls }: Pick<BoundPlan, "calls">): boolean => calls.unclearBehind.size > 0;

/** A callee goes on to one side of a branch: a guess, unless the other side can't be. */
export const guessAt = (other: Expression | undefined): Update => ({
  variable: NAME,
  value: other === undefined ? TRUE : or(guessed, other),
});

/** Behind a callee: of the locks that its conditions decide on, nothing is known after a guess. */
export function behindGuess(plan: BoundPlan, keys: readonly Key[], isOutermost: boolean): readonly Update[] {
  const lost = plan.binding.forget(keys).map(({ variable, value }) => ({
    variable,
    value: cond(guessed, value, { kind: "variable", name: variable }),
  }));
  return isOutermost ? [...lost, { variable: NAME, value: FALSE }] : lost;
}

/** That nothing was guessed. */
export const unlessOpen: Expression = not(guessed);

/** What is demanded where a path has not guessed. */
export const unlessGuessed = (condition: Expression): Expression => or(guessed, condition);
export const whereGuessed = (condition: Expression): Expression => or(not(guessed), condition);
