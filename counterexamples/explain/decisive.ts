import { transitionOf } from "../../checker/interpret/interpret.ts";
import type { Move, Run } from "../../checker/result.ts";
import type { Model } from "../../model/ir/model.ts";
import { attempt } from "../shrink/attempt.ts";
import { scriptOf } from "../shrink/script.ts";
import { execute } from "../trace/execution.ts";
import { otherMoves } from "./alternative.ts";

/**
 * The steps (from 1) whose decision matters: the same run with any other one, followed by what else it
 * does as far as that goes, does not violate the property. Found by replay alone.
 */
export function decisiveSteps(model: Model, property: string, run: Run): readonly number[] {
  const { initial, intents } = scriptOf(model, run);
  const { steps } = execute(model, run);
  const saves = (at: number, move: Move) => {
    const intent = { ...move, label: transitionOf(model, move).label };
    return attempt(model, property, { initial, intents: intents.with(at, intent) }) === undefined;
  };
  return steps.flatMap((step, at) => {
    const others = step.transition.decision ? otherMoves(model, step) : [];
    return others.length > 0 && others.every((move) => saves(at, move)) ? [at + 1] : [];
  });
}
