import { initialStates } from "../../interpret/initial-states.ts";
import { required } from "../../interpret/model-index.ts";
import { successors } from "../../interpret/successors.ts";
import type { Problem } from "../../problem.ts";
import type { Run } from "../../result.ts";
import { movesAlong, violatingMove } from "../../search/moves.ts";
import { packed } from "../../search/run.ts";
import { hasHash } from "./compact-store.ts";

/** The run of whole states that have these hashes, one after the other. */
export function runAlongHashes(problem: Problem, path: readonly Uint32Array[], check: number): Run {
  const { model } = problem;
  const [first, ...others] = path;
  if (!first) throw new Error("an empty path");
  const initial = initialStates(model).findIndex((state) => hasHash(packed(problem, state), first));
  let state = required(initialStates(model)[initial], "no initial state has the hash");
  const states = [packed(problem, state)];
  for (const hash of others) {
    const next = successors(model, state).find(
      (step) => step.kind === "successor" && hasHash(packed(problem, step.state), hash),
    );
    if (next?.kind !== "successor") throw new Error("no successor has the hash");
    state = next.state;
    states.push(packed(problem, state));
  }
  const last = violatingMove(problem, packed(problem, state), check);
  return { initial, moves: [...movesAlong(problem, states), ...(last ? [last] : [])] };
}
