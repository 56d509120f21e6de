import { enabledMoves, evaluate, failedAssertions, ModelError } from "../../checker/interpret/interpret.ts";
import { type Invariant, type Model, programsByTask } from "../../model/ir/model.ts";
import type { Execution } from "./execution.ts";

/** What a run comes to: the property fails, or the model is wrong, so that it cannot be judged. */
export interface Ending {
  readonly verdict: "violated" | "error";
  /** What fails or is wrong, in words. */
  readonly message: string;
}

/** What a run shows of a property at its end; undefined where it holds there. */
export function endingOf(model: Model, execution: Execution, property: string): Ending | undefined {
  try {
    const message = violationAtEnd(model, execution, property);
    if (message !== undefined) return { verdict: "violated", message };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return { verdict: "error", message: `${error.message}, where '${property}' is judged` };
  }
  return execution.fault && { verdict: "error", message: execution.fault.message };
}

/**
 * What fails of a property at the end of a run, in words; undefined where it holds there.
 *
 * @throws ModelError where the model is wrong in what is judged there.
 */
export function violationAtEnd(model: Model, execution: Execution, property: string): string | undefined {
  const last = execution.fault?.enabled === false ? undefined : execution.steps.at(-1);
  const [assertion] = last ? failedAssertions(model, last.before, last.move, property) : [];
  if (assertion) return assertion.message;
  if (execution.fault) return undefined;
  const invariants = model.invariants.filter((each) => each.property === property);
  const broken = invariants.find((each) => isBroken(model, execution, each));
  return broken && (broken.kind === "no-deadlock" ? "no task can take a step" : broken.message);
}

function isBroken(model: Model, { final }: Execution, invariant: Invariant): boolean {
  switch (invariant.kind) {
    case "always":
      return evaluate(invariant.condition, { model, state: final }) === 0;
    case "location": {
      const programs = programsByTask(model);
      return final.tasks.some(
        ({ location }, position) =>
          location === invariant.location &&
          programs[position] === invariant.program &&
          evaluate(invariant.condition, { model, state: final, self: position + 1 }) === 0,
      );
    }
    case "no-deadlock":
      return isDeadlock(model, final);
    case "sometimes":
      return false;
  }
}

function isDeadlock(model: Model, state: Execution["final"]): boolean {
  if (enabledMoves(model, state).length > 0) return false;
  const programs = programsByTask(model);
  return state.tasks.some(({ location }, position) => {
    const program = model.programs.find(({ name }) => name === programs[position]);
    return !program?.locations.find(({ name }) => name === location)?.end;
  });
}
