import type { Model } from "../../../model/ir/model.ts";
import { concerns } from "../../backends/interpret.ts";
import { initialStates } from "../../interpret/initial-states.ts";
import { required } from "../../interpret/model-index.ts";
import { apply, enabledMoves, failedAssertions } from "../../interpret/successors.ts";
import { problemOf } from "../../problem.ts";
import type { PropertyResult } from "../../result.ts";

/** Whether the result's run is one of the model, and ends in what its verdict says. Throws where it is no run. */
export function showsItsVerdict(model: Model, { property, run, message }: PropertyResult): boolean {
  let state = required(initialStates(model)[run?.initial ?? -1], "no such initial state");
  let failed: readonly string[] = [];
  for (const move of run?.moves ?? []) {
    failed = failedAssertions(model, state, move).map((each) => each.message);
    const step = apply(model, state, move);
    if (step.kind === "successor") state = step.state;
  }
  const steps = enabledMoves(model, state).length;
  const shown = problemOf(model).checks.some(
    (check) =>
      check.kind === "invariant" &&
      check.property === property &&
      concerns(model, check.invariant, state, steps),
  );
  return shown || (message !== undefined && failed.includes(message));
}
